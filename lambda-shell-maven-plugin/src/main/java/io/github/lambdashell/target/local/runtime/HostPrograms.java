package io.github.lambdashell.target.local.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The programs on a PATH of this machine, with their versions. */
final class HostPrograms {
    private static final long LIMIT_SECONDS = 10;

    private final String path;

    /** Kept, because each search starts a process. */
    private final Map<String, Optional<HostProgram>> found = new ConcurrentHashMap<>();

    /**
     * A program.
     *
     * @param file with no symbolic link on the way to it
     * @param version the first line of its output with --version, such as {@code v22.1.0}
     */
    record HostProgram(Path file, String version) {
        @Override
        public String toString() {
            return version + " of " + file;
        }
    }

    /** @param path folders, separated by colons; defaults to the system's when null */
    HostPrograms(String path) {
        this.path = path == null ? "/usr/local/bin:/usr/bin:/bin" : path;
    }

    /** Finds a program that works. */
    Optional<HostProgram> find(String name) {
        return found.computeIfAbsent(name, this::search);
    }

    /**
     * Finds a required program.
     *
     * @throws UnsupportedRuntimeException when there is none that works
     */
    HostProgram require(String name, String runtime) {
        return find(name)
                .orElseThrow(() -> new UnsupportedRuntimeException(
                        runtime + " needs " + name + " on this machine's PATH, and there is none that works",
                        "Install " + name));
    }

    private Optional<HostProgram> search(String name) {
        return Stream.of(path.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(file -> Files.isExecutable(file) && !isScript(file))
                .findFirst()
                .flatMap(HostPrograms::describe);
    }

    /** Version managers have scripts on the PATH, which look for the program in places that a sandbox doesn't see. */
    private static boolean isScript(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == '#' && in.read() == '!';
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<HostProgram> describe(Path file) {
        try {
            Process process = new ProcessBuilder(file.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean works = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            return works
                    ? Optional.of(new HostProgram(
                            file.toRealPath(), answer.lines().findFirst().orElse("an unknown version")))
                    : Optional.empty();
        } catch (IOException e) {
            // It can't run on this machine.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
