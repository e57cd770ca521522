package io.github.lambdashell.config;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The identifiers of Lambda's runtimes. */
public final class LambdaRuntimes {
    /** Runtime for a project that configures no Java release. */
    public static final String DEFAULT = "java21";

    /** Runtimes by Java release. The shell function requires Java 11, which excludes java8. */
    private static final NavigableMap<Integer, String> BY_RELEASE =
            new TreeMap<>(Map.of(11, "java11", 17, "java17", 21, "java21", 25, "java25"));

    private static final List<String> OTHERS = List.of(
            "nodejs16.x",
            "nodejs18.x",
            "nodejs20.x",
            "nodejs22.x",
            "nodejs24.x",
            "nodejs26.x",
            "python3.8",
            "python3.9",
            "python3.10",
            "python3.11",
            "python3.12",
            "python3.13",
            "python3.14",
            "python3.15",
            "ruby3.2",
            "ruby3.3",
            "ruby3.4",
            "ruby4.0",
            "dotnet6",
            "dotnet8",
            "dotnet10",
            "provided",
            "provided.al2",
            "provided.al2023");

    private static final Pattern SNAP_START =
            Pattern.compile("(?<language>java|python3\\.|dotnet)(?<version>\\d{1,4})(\\..*)?");

    /** A remedy for a deployed function whose runtime isn't Java's. */
    public static final String DEPLOY_JAVA = "Deploy the stack again with a Java runtime (lshell.runtime)";

    private LambdaRuntimes() {}

    /**
     * Refuses a handler if the runtime isn't Java's.
     *
     * @param remedy the beginning of a sentence, not null
     */
    public static void requireJava(String handler, String runtime, String remedy) {
        if (RuntimeFamily.of(runtime) != RuntimeFamily.JAVA) {
            throw new ShellException(
                    "The handler " + handler + " needs a Java runtime (" + String.join(", ", javaRuntimes())
                            + "), but the function's runtime is " + runtime,
                    remedy + ", or remove the handler");
        }
    }

    /** Returns whether Lambda has a Java runtime with this identifier, also one that it has deprecated. */
    public static boolean isJava(String runtime) {
        return runtime.equals("java8") || runtime.equals("java8.al2") || BY_RELEASE.containsValue(runtime);
    }

    /** Returns whether Lambda has a runtime with this identifier, also one that it has deprecated. */
    public static boolean isKnown(String runtime) {
        return isJava(runtime) || OTHERS.contains(runtime);
    }

    /**
     * Returns whether SnapStart supports a runtime, also one that is newer than this plugin.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html#snapstart-runtimes">Supported features
     *     and limitations</a>
     */
    public static boolean hasSnapStart(String runtime) {
        Matcher version = SNAP_START.matcher(runtime);
        return version.matches()
                && switch (version.group("language")) {
                    case "java" -> Integer.parseInt(version.group("version")) >= 11;
                    case "python3." -> Integer.parseInt(version.group("version")) >= 12;
                    default -> Integer.parseInt(version.group("version")) >= 8;
                };
    }

    /** Returns the identifiers of the runtimes that the shell function supports. */
    public static List<String> all() {
        return Stream.concat(BY_RELEASE.values().stream(), OTHERS.stream()).toList();
    }

    /** Returns the identifiers of the Java runtimes that the shell function supports, the oldest first. */
    public static List<String> javaRuntimes() {
        return List.copyOf(BY_RELEASE.values());
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
