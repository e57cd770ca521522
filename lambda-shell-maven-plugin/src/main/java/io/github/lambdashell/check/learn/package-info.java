/** From a command with its output to a check in a commandsFile. */
package io.github.lambdashell.check.learn;
