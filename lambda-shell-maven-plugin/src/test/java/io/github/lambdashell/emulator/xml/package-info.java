/** XML responses. */
package io.github.lambdashell.emulator.xml;
