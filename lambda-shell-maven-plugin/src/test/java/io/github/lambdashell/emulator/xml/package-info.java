/** XML answers. */
package io.github.lambdashell.emulator.xml;
