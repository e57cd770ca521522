/** Runs of checks, one request each, and their listeners. */
package io.github.lambdashell.check.run;
