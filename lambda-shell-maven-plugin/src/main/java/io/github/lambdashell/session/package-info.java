/** What is carried from command to command, and results as records. */
package io.github.lambdashell.session;
