/** The terminal: output, keyboard, and the command in the foreground. */
package io.github.lambdashell.console.terminal;
