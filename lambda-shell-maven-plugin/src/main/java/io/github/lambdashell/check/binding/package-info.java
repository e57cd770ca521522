/** The vocabulary of checks: from words in a POM or file to checks, with every mistake told at once. */
package io.github.lambdashell.check.binding;
