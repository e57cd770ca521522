package io.github.lambdashell.function.shell;

import static io.github.lambdashell.function.state.Shell.quote;

import io.github.lambdashell.function.state.Shell;
import io.github.lambdashell.function.state.ShellState;
import java.nio.charset.StandardCharsets;

/** Shell text that a shell reads before its command, one character per byte. For most commands there is none. */
final class Prelude {
    /** What bash does with the variable: it expands it, and reads the file if there is one. */
    private static final String FIRST_FILE = "eval \"[ -r \\\"$BASH_ENV\\\" ] && . \\\"$BASH_ENV\\\"\"\n";

    private final StringBuilder script = new StringBuilder();

    /** Sets a variable whose value Java would harm on its way. */
    void export(String name, String value) {
        script.append("export " + name + '=' + literal(value) + '\n');
    }

    /** Enters a directory whose name Java would harm on its way. */
    void enter(String directory) {
        script.append("cd -- " + literal(directory) + " || exit\n");
    }

    /**
     * Makes the shell one of a session's.
     *
     * @param state restored first, null for none
     * @param file where the shell writes its state when it exits, null for nowhere
     */
    void session(Shell shell, ShellState state, String file) {
        script.append(shell.preparing());
        if (state != null) {
            script.append(state.restoring(shell));
        }
        // Only now: where the text before breaks off nothing is captured, and the client keeps the state that it has.
        if (file != null) {
            script.append(shell.capturing(file));
        }
        if (state != null) {
            script.append(state.options(shell));
        }
    }

    /** Has the command parsed, but not run. */
    void parseOnly() {
        script.append("set -n\n");
    }

    boolean isEmpty() {
        return script.length() == 0;
    }

    /**
     * As a file that the variable {@code BASH_ENV} names, which nothing that the command starts may inherit.
     *
     * @param original the variable's own value, null for none
     */
    byte[] forBash(String original) {
        String first = original == null ? "unset -v BASH_ENV\n" : "BASH_ENV=" + literal(original) + '\n' + FIRST_FILE;
        return (first + script).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As a file for any shell to read. */
    byte[] forSh() {
        return script.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String literal(String text) {
        return quote(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }
}
