package io.github.lambdashell.function.state;

import java.io.File;

/** The kind of shell that runs commands. Only bash can report its state. */
public enum Shell {
    BASH("bash"),
    SH("sh");

    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

    /** Its program's name. */
    public final String program;

    Shell(String program) {
        this.program = program;
    }

    /**
     * Finds the first kind that is on a search path.
     *
     * @param path directories separated by colons, as in the variable {@code PATH}; null for the default
     * @return null when there is none
     */
    public static Shell find(String path) {
        for (Shell shell : values()) {
            for (String directory : (path == null ? DEFAULT_PATH : path).split(":")) {
                if (new File(directory, shell.program).canExecute()) {
                    return shell;
                }
            }
        }
        return null;
    }

    /** Returns one word of shell text, taken literally. */
    public static String quote(String text) {
        return '\'' + text.replace("'", "'\\''") + '\'';
    }
}
