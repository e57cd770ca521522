package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.config.ShellException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to put before a command so that a terminal's Ctrl-C, which Maven's process group gets, does not reach it, but one
 * that is meant for it does.
 */
final class OwnSession {
    private OwnSession() {}

    static List<String> launcher() {
        return Stream.concat(IgnoredSignals.restorer().stream(), session().stream())
                .toList();
    }

    /** Without setsid(1), as on macOS, a shell with job control gives its child a group. */
    private static List<String> session() {
        Optional<String> setsid = Programs.find("setsid");
        if (setsid.isPresent()) {
            return List.of(setsid.get());
        }
        String bash = Programs.find("bash")
                .orElseThrow(() -> new ShellException(
                        "The local target found neither setsid nor bash in the system's directories, and can't keep "
                                + "functions apart from Maven",
                        "Install bash, or use -Dlshell.target=aws"));
        return List.of(bash, "-c", "trap : INT QUIT TSTP; set -m; \"$@\" <&0 & wait $!", "bash");
    }
}
