/**
 * Execution environments: the processes in which functions run, how they are started, kept apart from the machine,
 * limited, reused and ended.
 */
package io.github.lambdashell.target.local.sandbox;
