/** Programs that run in the function, in the JVM of its runtime: for Java 11, with only the JDK. */
package io.github.lambdashell.check.ready.probe;
