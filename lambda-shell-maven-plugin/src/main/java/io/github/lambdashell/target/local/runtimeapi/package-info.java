/**
 * Lambda's Runtime API (version 2018-06-01): how a function's process gets its events and gives its answers. One
 * server socket for each sandbox, on 127.0.0.1.
 */
package io.github.lambdashell.target.local.runtimeapi;
