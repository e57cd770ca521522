/** Configuration before anyone has judged it: one neutral tree, whether it came from a POM, YAML or JSON. */
package io.github.lambdashell.config.tree;
