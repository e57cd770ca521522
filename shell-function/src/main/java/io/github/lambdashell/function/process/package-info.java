/** Processes of the system: what they write, how they are found, and how they end. */
package io.github.lambdashell.function.process;
