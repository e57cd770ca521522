/**
 * Execution environments: the processes in which functions run, and how they are started, limited, reused and ended.
 */
package io.github.lambdashell.target.local.sandbox;
