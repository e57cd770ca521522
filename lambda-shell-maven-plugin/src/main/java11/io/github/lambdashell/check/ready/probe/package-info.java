/**
 * Programs that run in the function, in the JVM of its runtime: each is a single class for Java 11 that requires only the
 * JDK.
 */
package io.github.lambdashell.check.ready.probe;
