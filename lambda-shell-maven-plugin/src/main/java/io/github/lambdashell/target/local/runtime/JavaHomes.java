package io.github.lambdashell.target.local.runtime;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the JDK that runs a function: one of its runtime's version from the caller (Maven's toolchains), from a variable
 * that CI systems set ({@code JAVA_HOME_21_X64}, {@code JAVA_HOME_21}), or from a folder where JDKs are installed; defaults
 * to the JDK that runs Maven. Thread-safe.
 */
final class JavaHomes {
    private static final Pattern RUNTIME = Pattern.compile("java(\\d+)(\\..+)?");
    private static final Pattern VERSION = Pattern.compile("^(?:1\\.)?(\\d+)");

    /** The folders in which systems, SDKMAN and IntelliJ IDEA install JDKs. */
    private static final List<String> FOLDERS = List.of(
            "/usr/lib/jvm",
            "/Library/Java/JavaVirtualMachines",
            System.getProperty("user.home") + "/.sdkman/candidates/java",
            System.getProperty("user.home") + "/.jdks");

    private final Collection<Path> known;
    private final Map<String, String> environment;
    private final Map<Integer, JavaHome> found = new ConcurrentHashMap<>();

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
     * @param known tried first
     * @param environment of this process
     */
    JavaHomes(Collection<Path> known, Map<String, String> environment) {
        this.known = List.copyOf(known);
        this.environment = environment;
    }

    /** Returns the version of a runtime such as java21 or java8.al2; empty for another language's. */
    static Optional<Integer> versionOf(String runtime) {
        Matcher matcher = RUNTIME.matcher(runtime);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    JavaHome find(int requested) {
        return found.computeIfAbsent(requested, this::search);
    }

    private JavaHome search(int requested) {
        JavaHome running = new JavaHome(Path.of(System.getProperty("java.home")), System.getProperty("java.version"));
        if (running.feature() == requested) {
            return running;
        }
        return candidates(requested)
                .flatMap(home -> version(home).map(version -> new JavaHome(home, version)).stream())
                .filter(found -> found.feature() == requested)
                .findFirst()
                .orElse(running);
    }

    private Stream<Path> candidates(int requested) {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "ARM64" : "X64";
        String name = "JAVA_HOME_" + requested;
        Stream<Path> named = Stream.of(name + "_" + architecture, name)
                .flatMap(variable -> Stream.ofNullable(environment.get(variable)))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
        return Stream.of(known.stream(), named, FOLDERS.stream().map(Path::of).flatMap(JavaHomes::homesIn))
                .flatMap(homes -> homes);
    }

    /** Returns the entries of a folder of JDKs, on macOS also two levels deeper. */
    private static Stream<Path> homesIn(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().flatMap(home -> Stream.of(home, home.resolve("Contents/Home"))).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** Reads the file {@code release} that every JDK since 8 has; empty when there is none, or no java beside it. */
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
