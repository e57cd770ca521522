/** Checks that are one word: scripts of the plugin's own that run in the function, and their verdicts. */
package io.github.lambdashell.check.ready;
