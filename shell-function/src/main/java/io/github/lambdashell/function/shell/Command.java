package io.github.lambdashell.function.shell;

import io.github.lambdashell.function.state.SavedState;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What a shell is to run, and around it. Immutable as long as nobody changes what it was given. */
public final class Command {
    final String text;
    final byte[] stdin;
    final boolean stdinStaysOpen;

    /** Where it runs, null for the function's own. */
    public final String directory;

    final Map<String, String> environment;
    final SavedState state;
    final boolean wantState;
    final boolean syntaxOnly;

    private Command(
            String text,
            byte[] stdin,
            boolean stdinStaysOpen,
            String directory,
            Map<String, String> environment,
            SavedState state,
            boolean wantState,
            boolean syntaxOnly) {
        this.text = text;
        this.stdin = stdin;
        this.stdinStaysOpen = stdinStaysOpen;
        this.directory = directory;
        this.environment = environment;
        this.state = state;
        this.wantState = wantState;
        this.syntaxOnly = syntaxOnly;
    }

    /** A command with nothing to read, in the function's own directory and environment. */
    public static Command of(String text) {
        return new Command(text, new byte[0], false, null, Map.of(), null, false, false);
    }

    /**
     * @param stdin what it reads
     * @param staysOpen whether more may follow
     */
    public Command stdin(byte[] stdin, boolean staysOpen) {
        return new Command(text, stdin, staysOpen, directory, environment, state, wantState, syntaxOnly);
    }

    /** @param directory where it runs, null for the function's own */
    public Command directory(String directory) {
        return new Command(text, stdin, stdinStaysOpen, directory, environment, state, wantState, syntaxOnly);
    }

    /** @param changes over the function's own environment; a null value removes a variable */
    public Command environment(Map<String, String> changes) {
        return new Command(text, stdin, stdinStaysOpen, directory, changes, state, wantState, syntaxOnly);
    }

    /**
     * @param state to restore first; null for none
     * @param wanted whether the state that the command leaves is captured
     */
    public Command state(SavedState state, boolean wanted) {
        return new Command(text, stdin, stdinStaysOpen, directory, environment, state, wanted, syntaxOnly);
    }

    /**
     * The same text, to be parsed and not run: its shell reads it as standard input, and says in English what is wrong
     * with it.
     */
    Command parseOnly() {
        Map<String, String> english = new HashMap<>(environment);
        english.put("LC_ALL", "C");
        return new Command(text, text.getBytes(StandardCharsets.UTF_8), false, directory, english, state, false, true);
    }
}
