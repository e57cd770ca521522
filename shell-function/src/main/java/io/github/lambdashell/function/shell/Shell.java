package io.github.lambdashell.function.shell;

import java.io.File;
import java.util.Optional;

/** The shell that commands run under. */
enum Shell {
    BASH("bash"),
    /** Whatever POSIX shell there is: dash, busybox. */
    SH("sh");

    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    final String program;

    Shell(String program) {
        this.program = program;
    }

    /**
     * The best one on a search path.
     *
     * @param path directories between colons, null for the usual ones
     */
    static Optional<Shell> find(String path) {
        for (Shell shell : values()) {
            for (String directory : (path == null ? USUAL_PATH : path).split(":")) {
                if (new File(directory, shell.program).canExecute()) {
                    return Optional.of(shell);
                }
            }
        }
        return Optional.empty();
    }
}
