/** STS, as far as one who asks who they are. */
package io.github.lambdashell.emulator.sts;
