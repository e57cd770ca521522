package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The start of a command in a session of its own: a terminal's Ctrl-C, which Maven's process group gets, does not reach
 * it, and signals that Maven ignores, as after {@code nohup mvn verify &} in a script, have their default effect. Every
 * child would inherit the ignored signals, and no shell can trap these.
 */
final class HostSession {
    private static final Path OWN_STATUS = Path.of("/proc/self/status");
    private static final String RESTORED = "--default-signal";

    /** The signals 1 to 31; those above are the C library's own. */
    private static final long STANDARD = 0x7fff_ffffL;

    private HostSession() {}

    /** Returns the start of the command line, to which the command is added. */
    static List<String> launcher() {
        return Stream.concat(signalRestorer().stream(), session().stream()).toList();
    }

    /** Without setsid(1), as on macOS, a shell with job control gives its child a process group. */
    private static List<String> session() {
        Optional<String> setsid = SystemPrograms.find("setsid");
        if (setsid.isPresent()) {
            return List.of(setsid.get());
        }
        String bash = SystemPrograms.find("bash")
                .orElseThrow(() -> new ShellException(
                        "The local target found neither setsid nor bash in the system's directories, and can't keep "
                                + "functions apart from Maven",
                        "Install bash, or use -Dlshell.target=aws"));
        return List.of(bash, "-c", "trap : INT QUIT TSTP; set -m; \"$@\" <&0 & wait $!", "bash");
    }

    /** Empty where no signal is ignored, and where there is no env(1) of coreutils 8.31 or later. */
    private static List<String> signalRestorer() {
        try {
            return Files.isReadable(OWN_STATUS) && ignoresSignals(Files.readString(OWN_STATUS)) ? env() : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param status a file /proc/PID/status (proc(5)) */
    static boolean ignoresSignals(String status) {
        return status.lines()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & STANDARD) != 0);
    }

    /** Needs no version to compare: other tools of that name refuse the option. */
    static List<String> env() throws IOException {
        Optional<String> program = SystemPrograms.find("env");
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
