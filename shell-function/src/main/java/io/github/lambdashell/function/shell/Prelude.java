package io.github.lambdashell.function.shell;

import static io.github.lambdashell.function.state.Quoting.quote;
import static io.github.lambdashell.function.state.Quoting.raw;

import io.github.lambdashell.function.state.SavedState;
import io.github.lambdashell.function.state.StateFormat;
import java.nio.charset.StandardCharsets;

/** What a shell reads before its command. Empty for most, whose shell then is plainly {@code bash -c COMMAND}. */
final class Prelude {
    /** What bash does with the variable: it expands it, and reads the file if there is one. */
    private static final String FIRST_FILE = "eval \"[ -r \\\"$BASH_ENV\\\" ] && . \\\"$BASH_ENV\\\"\"\n";

    private final StringBuilder script = new StringBuilder();

    /** Sets a variable whose value Java would harm on its way. */
    void export(String name, String value) {
        script.append("export ")
                .append(name)
                .append('=')
                .append(quote(raw(value)))
                .append('\n');
    }

    /** Enters a directory whose name Java would harm on its way. */
    void enter(String directory) {
        script.append("cd -- ").append(quote(raw(directory))).append(" || exit\n");
    }

    /**
     * Makes the shell one of a session's.
     *
     * @param state restored first, null for none
     * @param file where the shell writes its state when it exits, null for nowhere
     */
    void session(StateFormat format, SavedState state, String file) {
        script.append(format.preparing());
        if (state != null) {
            script.append(state.restoring(format));
        }
        // Behind what is restored: when that breaks off, the state is not captured, and the client keeps the one it
        // has.
        if (file != null) {
            script.append(format.capturing(file));
        }
        if (state != null) {
            script.append(state.options(format));
        }
    }

    /** Has the command read, but not run. */
    void parseOnly() {
        script.append("set -n\n");
    }

    boolean isEmpty() {
        return script.length() == 0;
    }

    /**
     * As a file for bash's variable {@code BASH_ENV}, which nothing that the command starts may inherit.
     *
     * @param original the variable's own value, null for none
     */
    byte[] forBash(String original) {
        String first = "unset -v BASH_ENV\n";
        if (original != null) {
            first = "BASH_ENV=" + quote(raw(original)) + '\n' + FIRST_FILE;
        }
        return bytes(first + script);
    }

    /** As a file for any shell to read. */
    byte[] forPosix() {
        return bytes(script.toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
