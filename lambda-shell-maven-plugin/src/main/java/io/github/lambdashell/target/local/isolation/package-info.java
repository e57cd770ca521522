/** The isolation of a function's processes from the machine: what they see, what they may do, and how they end. */
package io.github.lambdashell.target.local.isolation;
