package io.github.lambdashell.config;

import java.util.regex.Pattern;

/**
 * A family of runtimes that share an implementation of the shell function and are started by Lambda in the same way.
 * Every identifier belongs to a family, even an unknown one, because only AWS can decide whether the runtime exists.
 */
public enum RuntimeFamily {
    /** {@code java11} and later: the Java function, started by a wrapper script instead of Lambda's own client. */
    JAVA,
    /** {@code nodejs*}: the Node.js function, as the function's handler. */
    NODEJS,
    /** {@code provided*}: the bash function, as the package's {@code bootstrap}. */
    PROVIDED,
    /**
     * All others ({@code python*}, {@code ruby*}, {@code dotnet*}, also {@code java8*}): the bash function, started by
     * a wrapper script instead of Lambda's own client.
     */
    MANAGED;

    private static final Pattern KNOWN = Pattern.compile("(java|nodejs|provided|python|ruby|dotnet).*");
    private static final Pattern JAVA_8 = Pattern.compile("java8(\\..*)?");

    /** Returns the family of a runtime's identifier, such as {@code python3.13}. */
    public static RuntimeFamily of(String runtime) {
        if (runtime.startsWith("java") && !JAVA_8.matcher(runtime).matches()) {
            return JAVA;
        }
        if (runtime.startsWith("nodejs")) {
            return NODEJS;
        }
        return runtime.startsWith("provided") ? PROVIDED : MANAGED;
    }

    /** Returns whether an identifier begins like those of Lambda's runtimes; otherwise the family is a guess. */
    public static boolean isKnown(String runtime) {
        return KNOWN.matcher(runtime).matches();
    }
}
