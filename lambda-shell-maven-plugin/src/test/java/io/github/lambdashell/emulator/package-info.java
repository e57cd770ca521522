/** The embedded endpoint: an AWS small enough to start in a build, on 127.0.0.1. */
package io.github.lambdashell.emulator;
