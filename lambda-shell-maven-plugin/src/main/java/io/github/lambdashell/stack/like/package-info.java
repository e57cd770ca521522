/** A function that exists already, which the stack's own is to stand like. It is read, never changed. */
package io.github.lambdashell.stack.like;
