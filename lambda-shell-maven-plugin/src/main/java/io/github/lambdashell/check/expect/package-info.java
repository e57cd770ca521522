/** Expectations of a command and its output. */
package io.github.lambdashell.check.expect;
