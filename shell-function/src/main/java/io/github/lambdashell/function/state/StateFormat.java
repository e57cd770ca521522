package io.github.lambdashell.function.state;

import static io.github.lambdashell.function.state.Quoting.quote;

import java.util.stream.Collectors;

/** How one kind of shell tells its state and takes it back. Shell text is one character per byte. */
public abstract class StateFormat {
    public static final StateFormat BASH = new BashState();
    public static final StateFormat POSIX = new PosixState();

    final String name;

    StateFormat(String name) {
        this.name = name;
    }

    /**
     * Shell text after which the shell writes its state into a file as it exits. Its exit code stays what it was. Only
     * what is built into shells is used, and neither functions nor variables are added.
     */
    public final String capturing(String file) {
        // The file is opened by name and for this alone: descriptors are closed by commands and inherited by children.
        return "trap " + quote(quieting() + "{ " + capture() + "; } >|" + quote(file) + " 2>/dev/null") + " EXIT\n";
    }

    /** Commands that keep the others from being disturbed. */
    abstract String quieting();

    /** Commands that write what {@link Capture} reads. */
    abstract String capture();

    /** Shell text that makes the state what was captured, except for the directory and the {@code set} options. */
    abstract String restoring(Capture capture, StartEnvironment start);

    /** One command for all {@code set} options: what one of them turns on can't show or disturb the others. */
    final String options(Capture capture) {
        return capture.section("options").stream()
                .filter(line -> isCarried(lastWord(line)))
                .map(line -> line.substring("set".length()))
                .collect(Collectors.joining("", "set", "\n"));
    }

    /** Whether an option is anybody's to set, and would not keep the next shell from working. */
    abstract boolean isCarried(String option);

    static String lastWord(String line) {
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    /** Shell text that every shell of a session begins with, a restored state or not. */
    public abstract String preparing();
}
