package io.github.lambdashell.config;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which of Lambda's Java runtimes fits a project. */
public final class LambdaRuntimes {
    /** When nothing says which Java a project is for. */
    public static final String DEFAULT = "java21";

    /** By Java release. The shell function needs Java 11, so java8 is not among them. */
    private static final NavigableMap<Integer, String> BY_RELEASE =
            new TreeMap<>(Map.of(11, "java11", 17, "java17", 21, "java21", 25, "java25"));

    private LambdaRuntimes() {}

    /**
     * The first Java runtime of Lambda that is not older than what a project compiles for.
     *
     * @param release as in {@code maven.compiler.release}, for example 17 or 1.8; null when the project does not say
     * @throws ShellException when Lambda has no such runtime yet, or it is no number
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
                    "maven.compiler.release is \"" + release + "\", which is no Java release",
                    "Mend it, or name the runtime with <runtime> (lshell.runtime)",
                    e);
        }
        throw new ShellException(
                "The project compiles for Java " + release + ", but Lambda's newest Java runtime is "
                        + BY_RELEASE.lastEntry().getValue(),
                "Compile for an older release, or name the runtime with <runtime> (lshell.runtime)");
    }
}
