/** The local target's files: private to the user, safe for two processes at once, and still there after the process. */
package io.github.lambdashell.target.local.state;
