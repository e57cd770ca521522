/** The life of stacks on any target: records on disk, locks, temporary stacks and their removal, expiry. */
package io.github.lambdashell.stack;
