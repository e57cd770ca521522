/** Checks, their results, and the report of a run. */
package io.github.lambdashell.check;
