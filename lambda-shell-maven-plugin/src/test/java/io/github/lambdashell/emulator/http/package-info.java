/** A small HTTP server on 127.0.0.1 whose handlers read and write blocking streams. */
package io.github.lambdashell.emulator.http;
