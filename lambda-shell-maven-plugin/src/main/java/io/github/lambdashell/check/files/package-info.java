/** Expectations of files in the sandbox, which its shell examines. */
package io.github.lambdashell.check.files;
