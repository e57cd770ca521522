package io.github.lambdashell.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Processes that are no children of the test's. */
final class Processes {
    private static final long PATIENCE_MILLIS = 10_000;

    private Processes() {}

    /** Fails when the process still runs after 10 s. A zombie, which its new parent has yet to collect, has ended. */
    static void awaitEnd(long pid) throws IOException, InterruptedException {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (isRunning(pid) && System.currentTimeMillis() < deadline) {
            Thread.sleep(10);
        }
        assertThat(isRunning(pid)).as("process " + pid + " runs").isFalse();
    }

    static boolean isRunning(long pid) throws IOException {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/status")).contains("State:\tZ");
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
