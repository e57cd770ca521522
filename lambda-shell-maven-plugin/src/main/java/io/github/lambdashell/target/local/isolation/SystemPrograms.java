package io.github.lambdashell.target.local.isolation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The system's own programs, independent of the PATH of the user and of the function. */
final class SystemPrograms {
    /** The last one is NixOS's. */
    private static final List<String> DIRECTORIES =
            List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin", "/run/current-system/sw/bin");

    private SystemPrograms() {}

    static Optional<String> find(String name) {
        return DIRECTORIES.stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /**
     * Finds an installed program.
     *
     * @throws IsolationRefusedException when there is none
     */
    static String require(String name) throws IsolationRefusedException {
        return find(name).orElseThrow(() -> new IsolationRefusedException(name + ": not installed"));
    }

    /**
     * Starts a process of the system's programs, whose environment has nothing of Maven's or of the function's.
     *
     * @param environmentScript commands that set the function's environment, for the last step inside the sandbox
     */
    static ProcessBuilder builder(List<String> command, String environmentScript) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of("PATH", String.join(":", DIRECTORIES), "LSHELL_ENVIRONMENT", environmentScript));
        return builder;
    }
}
