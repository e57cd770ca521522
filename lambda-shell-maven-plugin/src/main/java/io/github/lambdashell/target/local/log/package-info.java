/** The functions' logs: the output of the platform and the processes, on disk and as the tail for callers. */
package io.github.lambdashell.target.local.log;
