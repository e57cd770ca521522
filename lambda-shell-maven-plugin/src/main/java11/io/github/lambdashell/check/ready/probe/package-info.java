/**
 * Programs that run in the function, in the JVM of its runtime: each is for Java 11 and requires only the JDK.
 */
package io.github.lambdashell.check.ready.probe;
