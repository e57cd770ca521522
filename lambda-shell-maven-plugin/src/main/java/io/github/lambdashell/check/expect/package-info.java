/** The expectations: each a small value that knows how to judge what was seen. */
package io.github.lambdashell.check.expect;
