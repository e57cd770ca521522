/** Request bodies: decoded from what carried them, and checked against every hash that came with them. */
package io.github.lambdashell.emulator.payload;
