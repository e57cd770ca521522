/** Configuration before validation: one tree for POM, YAML and JSON. */
package io.github.lambdashell.config.tree;
