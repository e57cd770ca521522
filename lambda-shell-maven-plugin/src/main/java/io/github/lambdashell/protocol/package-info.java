/** The protocol of the shell function: requests, frames and results, without the state of sessions. */
package io.github.lambdashell.protocol;
