/** The vocabulary of checks, and its reader, which reports all problems at once. */
package io.github.lambdashell.check.binding;
