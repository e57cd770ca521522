/** Shell sessions, whose state is carried from command to command, and the results of commands. */
package io.github.lambdashell.session;
