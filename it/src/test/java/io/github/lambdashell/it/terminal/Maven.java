package io.github.lambdashell.it.terminal;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The Maven that builds this project, with the repository into which the plugin was just installed. */
final class Maven {
    /** One for each process of tests, because sessions share the history and the stack of their plugin's directory. */
    private static final Path DIRECTORY =
            Path.of(System.getProperty("it.directory"), "terminal", System.getProperty("it.fork", "fork-1"));

    /** Options of the JVM. */
    static final String OPTIONS = System.getProperty("it.mavenOpts", "");

    private Maven() {}

    /** An empty directory: the goals are run outside of a project. */
    static Path directory() {
        try {
            return Files.createDirectories(DIRECTORY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plugin's own directory, for these tests alone. */
    static Path home() {
        return DIRECTORY.resolve("home");
    }

    static String goal(String name) {
        return "io.github.lambdashell:lambda-shell-maven-plugin:" + System.getProperty("it.version") + ":" + name;
    }

    static List<String> command(String... options) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("it.maven"),
                "-q",
                "-o",
                "-s",
                System.getProperty("it.settings"),
                "-Dmaven.repo.local=" + System.getProperty("it.repository"),
                "-Dlshell.home=" + home()));
        command.addAll(Arrays.asList(options));
        return command;
    }

    /** Runs a goal to its end. */
    static void run(String goal, String... options) {
        List<String> command = command(options);
        command.addAll(List.of("-B", goal(goal)));
        try {
            File log = directory().resolve(goal + ".log").toFile();
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log);
            builder.environment().put("MAVEN_OPTS", OPTIONS);
            Process process = builder.start();
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ":\n" + Files.readString(log.toPath(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
