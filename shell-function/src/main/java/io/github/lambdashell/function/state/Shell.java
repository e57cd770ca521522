package io.github.lambdashell.function.state;

import java.io.File;

/**
 * A kind of shell that runs commands: how it tells its state as it exits, and takes it back. Shell text is one character
 * per byte.
 */
public abstract class Shell {
    private static final Shell[] ALL = {new Bash(), new PosixShell()};

    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    /** Its program's name. */
    public final String program;

    Shell(String program) {
        this.program = program;
    }

    /**
     * The one that a search path leads to, bash before sh; null when it leads to neither.
     *
     * @param path directories between colons, as in the variable {@code PATH}; null for the usual ones
     */
    public static Shell find(String path) {
        for (Shell shell : ALL) {
            for (String directory : (path == null ? USUAL_PATH : path).split(":")) {
                if (new File(directory, shell.program).canExecute()) {
                    return shell;
                }
            }
        }
        return null;
    }

    /** Whether it reads a file that the variable {@code BASH_ENV} names first, and {@code $(<FILE)} as that file. */
    public final boolean isBash() {
        return this == ALL[0];
    }

    /**
     * Shell text after which the shell writes its state into a file as it exits. Its exit code stays what it was. Only
     * what is built into shells is used, and neither functions nor variables are added.
     */
    public final String capturing(String file) {
        // The file is opened by name and for this alone: descriptors are closed by commands and inherited by children.
        return "trap " + quote(quieting() + "{ " + capture() + "; } >|" + quote(file) + " 2>/dev/null") + " EXIT\n";
    }

    /** Shell text that every shell of a session begins with, a restored state or not. */
    public abstract String preparing();

    /** Commands that keep the others from being disturbed. */
    abstract String quieting();

    /** Commands that write what {@link Capture} reads. */
    abstract String capture();

    /** Shell text that makes the state what was captured, except for the directory and the {@code set} options. */
    abstract String restoring(Capture capture, StartEnvironment start);

    /** Whether an option is anybody's to set, and would not keep the next shell from working. */
    abstract boolean isCarried(String option);

    /** One command for all {@code set} options: what one of them turns on can't show or disturb the others. */
    final String options(Capture capture) {
        StringBuilder command = new StringBuilder("set");
        for (String line : capture.section("options")) {
            if (isCarried(lastWord(line))) {
                command.append(line.substring("set".length()));
            }
        }
        return command.append('\n').toString();
    }

    /** One word of shell text, taken literally. */
    public static String quote(String text) {
        return '\'' + text.replace("'", "'\\''") + '\'';
    }

    static String lastWord(String line) {
        return line.substring(line.lastIndexOf(' ') + 1);
    }
}
