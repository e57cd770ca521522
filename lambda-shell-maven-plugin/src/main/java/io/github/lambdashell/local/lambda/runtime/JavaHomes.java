package io.github.lambdashell.local.lambda.runtime;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the JDK that runs a function. The one that its runtime asks for, when the caller knows it (from Maven's
 * toolchains) or the environment names it as CI systems do ({@code JAVA_HOME_21_X64}, {@code JAVA_HOME_21}); else the
 * one that runs us.
 */
final class JavaHomes {
    private static final Pattern RUNTIME = Pattern.compile("java(\\d+)(\\..+)?");
    private static final Pattern VERSION = Pattern.compile("^(?:1\\.)?(\\d+)");

    private final Map<Integer, Path> known;
    private final Map<String, String> environment;

    /**
     * A JDK or JRE.
     *
     * @param home holds bin/java
     * @param version such as 17.0.15
     */
    record JavaHome(Path home, String version) {
        /** 8, 11, 17 and so on. */
        int feature() {
            return featureOf(version);
        }
    }

    /**
     * @param known homes by version (8, 11, 17), which come first
     * @param environment of this process
     */
    JavaHomes(Map<Integer, Path> known, Map<String, String> environment) {
        this.known = Map.copyOf(known);
        this.environment = environment;
    }

    /** The version that a runtime such as java21 or java8.al2 asks for; empty for another language's. */
    static Optional<Integer> askedBy(String runtime) {
        Matcher matcher = RUNTIME.matcher(runtime);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    JavaHome find(int asked) {
        JavaHome running = new JavaHome(Path.of(System.getProperty("java.home")), System.getProperty("java.version"));
        if (running.feature() == asked) {
            return running;
        }
        return candidates(asked)
                .flatMap(home -> version(home).map(version -> new JavaHome(home, version)).stream())
                .filter(found -> found.feature() == asked)
                .findFirst()
                .orElse(running);
    }

    private Stream<Path> candidates(int asked) {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "ARM64" : "X64";
        String name = "JAVA_HOME_" + asked;
        return Stream.concat(
                Stream.ofNullable(known.get(asked)),
                Stream.of(name + "_" + architecture, name)
                        .flatMap(variable -> Stream.ofNullable(environment.get(variable)))
                        .filter(value -> !value.isEmpty())
                        .map(Path::of));
    }

    /** What the file {@code release} of every JDK since 8 says; empty when there is none, or no java beside it. */
    private static Optional<String> version(Path home) {
        if (!Files.isExecutable(home.resolve("bin/java"))) {
            return Optional.empty();
        }
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.ofNullable(release.getProperty("JAVA_VERSION")).map(version -> version.replace("\"", ""));
    }

    private static int featureOf(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
