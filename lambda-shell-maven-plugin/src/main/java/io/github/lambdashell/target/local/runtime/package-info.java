/** Lambda's managed runtimes: which command and which environment a function's process gets, by language. */
package io.github.lambdashell.target.local.runtime;
