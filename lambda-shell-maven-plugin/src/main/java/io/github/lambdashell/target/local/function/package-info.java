/** The functions that exist locally, and their unpacked code. */
package io.github.lambdashell.target.local.function;
