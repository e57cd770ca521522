/** The terminal: what is shown, what is typed, and who has it. */
package io.github.lambdashell.console.terminal;
