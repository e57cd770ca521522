/** Runs the project's own handler beside the shell, under Lambda's own runtime. */
package io.github.lambdashell.function.handler;
