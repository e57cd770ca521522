/** Runs checks, one request each, and judges what they did. */
package io.github.lambdashell.check.run;
