/** Completion at TAB, with names from the sandbox. */
package io.github.lambdashell.console.completion;
