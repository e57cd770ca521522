/** Ready-made checks: scripts of the plugin that run in the function. */
package io.github.lambdashell.check.ready;
