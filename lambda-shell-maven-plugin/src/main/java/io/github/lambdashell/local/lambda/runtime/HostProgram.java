package io.github.lambdashell.local.lambda.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A language's program on this machine's own PATH.
 *
 * @param file the program itself, with no symbolic link on the way to it
 * @param version the first line of what it says of its version, such as {@code v22.1.0}
 */
record HostProgram(Path file, String version) {
    private static final long PATIENCE_SECONDS = 10;

    /** To find out takes the start of a process. */
    private static final Map<String, Optional<HostProgram>> FOUND = new ConcurrentHashMap<>();

    /** Finds it; empty where there is none, or none that works. */
    static Optional<HostProgram> find(String name) {
        return FOUND.computeIfAbsent(name, HostProgram::search);
    }

    private static Optional<HostProgram> search(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin");
        return Stream.of(path.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .flatMap(HostProgram::describe);
    }

    private static Optional<HostProgram> describe(Path file) {
        try {
            Process process = new ProcessBuilder(file.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean works = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            return works
                    ? Optional.of(new HostProgram(
                            file.toRealPath(), answer.lines().findFirst().orElse("an unknown version")))
                    : Optional.empty();
        } catch (IOException e) {
            // Not a program of this machine's kind; as good as not there.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
