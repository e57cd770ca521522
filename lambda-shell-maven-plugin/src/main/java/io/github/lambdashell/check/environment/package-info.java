/** The environment of a function as facts in groups: a snapshot, the lock file that keeps one, and the drift between two. */
package io.github.lambdashell.check.environment;
