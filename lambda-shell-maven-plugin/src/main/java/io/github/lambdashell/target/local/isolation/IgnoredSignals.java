package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The signals that this process was started to ignore, as after {@code nohup mvn verify &} in a script. Every child
 * would inherit that, and no shell can trap such a signal: Ctrl-C's would have to be followed by SIGKILL.
 */
final class IgnoredSignals {
    private static final Path OWN_STATUS = Path.of("/proc/self/status");
    private static final String RESTORED = "--default-signal";

    /** The signals 1 to 31; those above are the C library's own. */
    private static final long STANDARD = 0x7fff_ffffL;

    private IgnoredSignals() {}

    /**
     * What to put before a command so that it finds all signals as they are on Lambda. Empty where they already are, and
     * where there is no env(1) of coreutils 8.31 or later.
     */
    static List<String> restorer() {
        try {
            return Files.isReadable(OWN_STATUS) && someIn(Files.readString(OWN_STATUS)) ? env() : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param status a file /proc/PID/status (proc(5)) */
    static boolean someIn(String status) {
        return status.lines()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & STANDARD) != 0);
    }

    /** Without a version to compare: other tools of that name refuse the option. */
    static List<String> env() throws IOException {
        Optional<String> program = Programs.find("env");
        if (program.isEmpty()) {
            return List.of();
        }
        List<String> restorer = List.of(program.get(), RESTORED);
        Process probe = new ProcessBuilder(program.get(), RESTORED, program.get())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            return probe.waitFor() == 0 ? restorer : List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
