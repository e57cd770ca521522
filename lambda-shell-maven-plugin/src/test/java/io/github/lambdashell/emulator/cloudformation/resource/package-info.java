/** The resource types: which properties they take, and what is made of them on this machine. */
package io.github.lambdashell.emulator.cloudformation.resource;
