/** One request to the function, frames back; nothing of sessions. */
package io.github.lambdashell.protocol;
