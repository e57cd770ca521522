/** The prompt of {@code lshell:interactive}. */
package io.github.lambdashell.console;
