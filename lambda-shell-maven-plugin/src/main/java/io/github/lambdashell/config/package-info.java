/** What users say, as immutable records, and the words for what is wrong with it. */
package io.github.lambdashell.config;
