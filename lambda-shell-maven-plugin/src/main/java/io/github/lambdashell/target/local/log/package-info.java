/** The functions' logs: what the platform and the processes write, on disk and as the tail that callers get. */
package io.github.lambdashell.target.local.log;
