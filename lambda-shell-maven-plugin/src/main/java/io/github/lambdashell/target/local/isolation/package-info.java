/** Keeps a function's processes apart from the machine: what they see, what they may, and that they end. */
package io.github.lambdashell.target.local.isolation;
