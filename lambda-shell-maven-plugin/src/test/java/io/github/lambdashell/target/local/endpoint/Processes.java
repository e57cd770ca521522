package io.github.lambdashell.target.local.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes of this machine, inside of sandboxes and outside, told by a word on their command line. */
public final class Processes {
    private static final long PATIENCE_MILLIS = 10_000;

    private Processes() {}

    /** Fails when such a process still runs after 10 s. */
    public static void awaitEnd(String word) throws IOException, InterruptedException {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (isRunning(word) && System.currentTimeMillis() < deadline) {
            Thread.sleep(10);
        }
        assertThat(isRunning(word)).as("a process with " + word + " runs").isFalse();
    }

    /** Waits until such a process runs. */
    public static void awaitStart(String word) throws IOException, InterruptedException {
        while (!isRunning(word)) {
            Thread.sleep(5);
        }
    }

    public static boolean isRunning(String word) throws IOException {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (commandLine(process).contains(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Empty for one that has ended, collected by its parent or not. */
    private static String commandLine(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
