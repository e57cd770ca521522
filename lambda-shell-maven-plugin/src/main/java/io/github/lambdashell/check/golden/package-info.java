/** Golden files: expected output with wildcards, and its update. */
package io.github.lambdashell.check.golden;
