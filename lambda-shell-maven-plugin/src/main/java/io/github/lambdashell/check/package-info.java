/** A command with its expectations, and what became of them. */
package io.github.lambdashell.check;
