/** Colon commands, and commands of the shell in the foreground. */
package io.github.lambdashell.console.command;
