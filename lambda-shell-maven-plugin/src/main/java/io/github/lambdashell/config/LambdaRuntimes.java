package io.github.lambdashell.config;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Lambda's Java runtimes. */
public final class LambdaRuntimes {
    /** Runtime for a project that configures no Java release. */
    public static final String DEFAULT = "java21";

    /** Runtimes by Java release. The shell function requires Java 11, which excludes java8. */
    private static final NavigableMap<Integer, String> BY_RELEASE =
            new TreeMap<>(Map.of(11, "java11", 17, "java17", 21, "java21", 25, "java25"));

    private LambdaRuntimes() {}

    /** Returns whether Lambda has a Java runtime with this identifier, also one that it has deprecated. */
    public static boolean isJava(String runtime) {
        return runtime.equals("java8") || runtime.equals("java8.al2") || BY_RELEASE.containsValue(runtime);
    }

    /** Returns the identifiers of the Java runtimes that the shell function supports, the oldest first. */
    public static String javaRuntimes() {
        return String.join(", ", BY_RELEASE.values());
    }

    /**
     * Returns the oldest Java runtime that supports a project's Java release.
     *
     * @param release as in {@code maven.compiler.release}, for example 17 or 1.8; null if the project configures none
     * @throws ShellException if Lambda has no such runtime yet, or the release is not a number
     */
    public static String forRelease(String release) {
        if (release == null || release.isBlank()) {
            return DEFAULT;
        }
        String plain = release.strip();
        try {
            int number = Integer.parseInt(plain.startsWith("1.") ? plain.substring(2) : plain);
            if (BY_RELEASE.ceilingKey(number) != null) {
                return BY_RELEASE.ceilingEntry(number).getValue();
            }
        } catch (NumberFormatException e) {
            throw new ShellException(
                    "maven.compiler.release must be a Java release such as 17, but is '" + release + "'",
                    "Correct it, or configure the runtime with <runtime> (lshell.runtime)",
                    e);
        }
        throw new ShellException(
                "The project is compiled for Java " + release + ", but Lambda's newest Java runtime is "
                        + BY_RELEASE.lastEntry().getValue(),
                "Compile for an older release, or configure the runtime with <runtime> (lshell.runtime)");
    }
}
