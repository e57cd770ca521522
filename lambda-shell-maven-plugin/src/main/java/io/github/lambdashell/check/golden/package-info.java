/** Golden files: expected output in a file, with wildcards for what changes, and its update. */
package io.github.lambdashell.check.golden;
