package io.github.lambdashell.function;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** Whether commands that this process starts heed Ctrl-C's signal. */
final class CtrlC {
    private static final Path OWN_STATUS = Paths.get("/proc/self/status");
    private static final long SIGINT = 1 << 1;

    private CtrlC() {}

    /** Skips a test where this process was started to ignore the signal, which its children inherit for good. */
    static void assumeHeeded() throws IOException {
        assumeTrue(heeded(), "SIGINT is ignored, as under \"nohup mvn verify &\": no shell can trap it or end by it");
    }

    private static boolean heeded() throws IOException {
        return !Files.isReadable(OWN_STATUS)
                || Files.readAllLines(OWN_STATUS).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .allMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).trim(), 16) & SIGINT) == 0);
    }
}
