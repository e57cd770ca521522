/** The prompt for a person. */
package io.github.lambdashell.console;
