/** The lifecycle of stacks on any target: records on disk, locks, temporary stacks, expiry and deletion. */
package io.github.lambdashell.stack;
