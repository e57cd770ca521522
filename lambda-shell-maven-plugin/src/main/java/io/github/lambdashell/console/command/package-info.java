/** The commands to the console itself, and how it runs those to the shell. */
package io.github.lambdashell.console.command;
