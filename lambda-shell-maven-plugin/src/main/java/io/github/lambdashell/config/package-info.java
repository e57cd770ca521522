/** The configuration as immutable records, and its validation. */
package io.github.lambdashell.config;
