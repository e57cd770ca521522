/** Stacks: what is remembered of them, and the operations that make, change and remove them. */
package io.github.lambdashell.emulator.cloudformation.stack;
