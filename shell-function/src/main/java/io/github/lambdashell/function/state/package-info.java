/** The state that a shell leaves: captured as it exits, carried as an opaque text, restored in another shell. */
package io.github.lambdashell.function.state;
