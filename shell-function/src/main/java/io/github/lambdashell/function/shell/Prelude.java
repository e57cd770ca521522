package io.github.lambdashell.function.shell;

import static io.github.lambdashell.function.state.Shell.quote;

import io.github.lambdashell.function.state.ShellState;
import java.nio.charset.StandardCharsets;

/** Shell text that a shell reads before its command, one character per byte; empty for most commands. */
final class Prelude {
    /** Treats the variable as bash does: expands it, and reads the file if there is one. */
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
     * @param trap the command of an EXIT trap, null for none
     */
    void session(ShellState state, String trap) {
        script.append(state == null ? "shopt -s expand_aliases\n" : state.restoring());
        // Only now: when the text before fails nothing is captured, and the client keeps the state that it has.
        if (trap != null) {
            script.append("\\builtin trap -- ").append(quote(trap)).append(" EXIT\n");
        }
        if (state != null) {
            script.append(state.options());
        }
    }

    /** Has the command parsed as a shell with that state would, but not run. */
    void parseOnly(ShellState state) {
        // Without the options, which might show the command instead of parsing it.
        script.append("exec 9>&2 2>/dev/null\n");
        script.append(state.restoring());
        script.append("shopt -s expand_aliases\nexec 2>&9 9>&-\nset -n\n");
    }

    boolean isEmpty() {
        return script.length() == 0;
    }

    /**
     * Returns the content of the file that the variable {@code BASH_ENV} names. The command must not inherit the variable.
     *
     * @param original the variable's own value, null for none
     */
    byte[] forBash(String original) {
        String first = original == null ? "unset -v BASH_ENV\n" : "BASH_ENV=" + literal(original) + '\n' + FIRST_FILE;
        return (first + script).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns the content of a file for any shell to read. */
    byte[] forSh() {
        return script.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String literal(String text) {
        return quote(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }
}
