/** An emulator of AWS on 127.0.0.1, small enough to start in a test. */
package io.github.lambdashell.emulator;
