/** The function that runs inside Lambda: one command per invocation, its output in frames, its result last. */
package io.github.lambdashell.function;
