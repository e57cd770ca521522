/** Lambda's Runtime API: takes invocations and streams what a handler answers. */
package io.github.lambdashell.function.runtime;
