/** The template, the function's package, deploy and teardown. */
package io.github.lambdashell.stack;
