/** What is expected of files in the sandbox, asked of the sandbox's own shell. */
package io.github.lambdashell.check.files;
