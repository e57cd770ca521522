/** An implementation of STS that only returns the caller's identity. */
package io.github.lambdashell.emulator.sts;
