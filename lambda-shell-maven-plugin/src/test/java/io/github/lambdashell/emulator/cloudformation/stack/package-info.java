/** The state of stacks, and the operations that create, update and delete them. */
package io.github.lambdashell.emulator.cloudformation.stack;
