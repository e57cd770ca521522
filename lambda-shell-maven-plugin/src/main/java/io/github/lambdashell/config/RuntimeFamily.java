package io.github.lambdashell.config;

import java.util.regex.Pattern;

/**
 * Which implementation of the shell function serves a runtime, and how Lambda comes to start it. Every name belongs to
 * one of them, also one that nobody knows yet: whether there is such a runtime is for AWS to say.
 */
public enum RuntimeFamily {
    /** {@code java11} and later: the Java function, started by a wrapper script in the place of Lambda's own client. */
    JAVA,
    /** {@code nodejs*}: the Node.js function, a handler as any other. */
    NODEJS,
    /** {@code provided*}: the bash function, as the package's {@code bootstrap}. */
    PROVIDED,
    /**
     * All others ({@code python*}, {@code ruby*}, {@code dotnet*}, also {@code java8*}): the bash function, started by
     * a wrapper script in the place of Lambda's own client.
     */
    MANAGED;

    private static final Pattern KNOWN = Pattern.compile("(java|nodejs|provided|python|ruby|dotnet).*");
    private static final Pattern JAVA_8 = Pattern.compile("java8(\\..*)?");

    /** The family of a runtime's identifier, such as {@code python3.13}. */
    public static RuntimeFamily of(String runtime) {
        if (runtime.startsWith("java") && !JAVA_8.matcher(runtime).matches()) {
            return JAVA;
        }
        if (runtime.startsWith("nodejs")) {
            return NODEJS;
        }
        return runtime.startsWith("provided") ? PROVIDED : MANAGED;
    }

    /** Whether an identifier begins as those of Lambda's languages do; where not, the family is a guess. */
    public static boolean isKnown(String runtime) {
        return KNOWN.matcher(runtime).matches();
    }
}
