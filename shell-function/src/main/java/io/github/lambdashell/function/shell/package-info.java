/** Runs commands under the sandbox's own shell: processes, their output, their end, and what state they leave. */
package io.github.lambdashell.function.shell;
