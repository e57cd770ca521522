package io.github.lambdashell.local.lambda.isolation;

import io.github.lambdashell.config.ShellException;
import java.util.List;
import java.util.Optional;

/** What to put before a command so that a terminal's Ctrl-C, which Maven's process group gets, does not reach it. */
final class OwnSession {
    private OwnSession() {}

    /** Without setsid(1), as on macOS, a shell with job control gives its child a group. */
    static List<String> launcher() {
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
