/** The local functions and their unpacked code. */
package io.github.lambdashell.target.local.function;
