/** XML answers. */
package io.github.lambdashell.local.xml;
