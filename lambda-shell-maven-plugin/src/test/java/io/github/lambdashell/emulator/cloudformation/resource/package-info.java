/** The resource types: their properties, and their implementation on this machine. */
package io.github.lambdashell.emulator.cloudformation.resource;
