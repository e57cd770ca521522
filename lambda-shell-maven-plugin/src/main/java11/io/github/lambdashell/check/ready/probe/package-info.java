/**
 * Programs that are sent into the function and run there by the JVM of its runtime: each a single class for Java 11,
 * with nothing but the JDK.
 */
package io.github.lambdashell.check.ready.probe;
