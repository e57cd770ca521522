package io.github.lambdashell.function.shell;

import static io.github.lambdashell.function.state.Shell.quote;

import io.github.lambdashell.function.state.Shell;
import io.github.lambdashell.function.state.ShellState;
import io.github.lambdashell.function.state.StartEnvironment;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The shell's command line and environment for one command. Plainly it is {@code bash -c COMMAND}. What that can't take
 * goes through files that live as long as the command: a command of great length, characters that Java would harm, and
 * a prelude, which restores a session's state and has it captured at the end.
 */
final class Launch implements Closeable {
    /** The variable that marks the processes of one invocation. */
    static final String TRACE_ID = "_X_AMZN_TRACE_ID";

    /**
     * Set by the wrapper script, which gives this process a locale of its own: empty when LC_ALL was not set, otherwise
     * {@code =} and what it was.
     */
    private static final String ORIGINAL_LC_ALL = "_LSHELL_LC_ALL";

    private static final String LC_ALL = "LC_ALL";
    private static final String BASH_ENV = "BASH_ENV";

    /** Linux' MAX_ARG_STRLEN: what one argument may take, its ending NUL included. */
    private static final int LONGEST_ARGUMENT = 128 * 1024;

    /** Java encodes arguments and variables as it does file names, before Java 18 as it does anything. */
    private static final boolean UTF_8 = Charset.defaultCharset().equals(StandardCharsets.UTF_8)
            && "UTF-8".equals(System.getProperty("sun.jnu.encoding"));

    private static final String TEXT_FILE = "command";
    private static final String PRELUDE_FILE = "prelude";
    private static final String STATE_FILE = "state";

    final ProcessBuilder builder = new ProcessBuilder();
    private final Shell shell;
    private final Command command;
    private final Map<String, String> environment = builder.environment();
    private final Prelude prelude = new Prelude();
    private final StartEnvironment start;
    private Path directory;

    /**
     * Prepares a shell.
     *
     * @param traceId the value of {@link #TRACE_ID} for it
     * @param parseOnly whether it only reads the command, as standard input, and complains of it in English
     */
    Launch(Shell shell, Command command, String traceId, boolean parseOnly) throws IOException {
        this.shell = shell;
        this.command = command;
        // What is not touched keeps its bytes, whatever they are.
        String original = environment.remove(ORIGINAL_LC_ALL);
        if (original != null) {
            set(LC_ALL, original.isEmpty() ? null : original.substring(1));
        }
        Map<String, String> own = command.wantState ? new HashMap<>(environment) : Map.of();
        for (Map.Entry<String, String> change : command.environment.entrySet()) {
            set(change.getKey(), change.getValue());
        }
        Set<String> names = command.wantState ? new HashSet<>(environment.keySet()) : Set.of();
        start = new StartEnvironment(own, names);
        set(TRACE_ID, traceId);
        if (command.directory != null && passes(command.directory)) {
            builder.directory(new File(command.directory));
        } else if (command.directory != null) {
            prelude.enter(command.directory);
        }
        try {
            if (parseOnly) {
                parse();
            } else {
                run();
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void set(String name, String value) {
        if (value == null) {
            environment.remove(name);
        } else if (passes(value)) {
            environment.put(name, value);
        } else {
            environment.put(name, "");
            prelude.export(name, value);
        }
    }

    /** Whether Java leaves the text as it is: with a locale that is not installed it makes {@code ?} of an umlaut. */
    private static boolean passes(String text) {
        return UTF_8 || text.length() == text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void run() throws IOException {
        if (command.wantState || command.state != null) {
            String stateFile = null;
            if (command.wantState) {
                // Made here, for under the command's umask the shell might make one that nobody can read.
                stateFile = Files.createFile(file(STATE_FILE)).toString();
            }
            prelude.session(shell, command.state, stateFile);
        }
        String text = command.text;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= LONGEST_ARGUMENT || !passes(text)) {
            String file = quote(Files.write(file(TEXT_FILE), bytes).toString());
            text = "eval \"$(" + (shell.isBash() ? "<" : "cat ") + file + ")\"";
        }
        if (shell.isBash() || prelude.isEmpty()) {
            readFirst();
            builder.command(shell.program, "-c", text);
        } else {
            String file = quote(Files.write(file(PRELUDE_FILE), prelude.forSh()).toString());
            // As an argument of eval the text is parsed when the prelude's aliases are there.
            builder.command(shell.program, "-c", ". " + file + "; eval \"set --; $1\"", shell.program, text);
        }
    }

    private void parse() throws IOException {
        environment.put(LC_ALL, "C");
        if (shell.isBash() && command.state != null) {
            prelude.session(shell, command.state, null);
            prelude.parseOnly();
            readFirst();
            builder.command(shell.program);
        } else {
            builder.command(shell.program, "-n");
        }
    }

    /** Has bash read the prelude, if there is one. */
    private void readFirst() throws IOException {
        if (!prelude.isEmpty()) {
            byte[] script = prelude.forBash(environment.get(BASH_ENV));
            environment.put(BASH_ENV, Files.write(file(PRELUDE_FILE), script).toString());
        }
    }

    private Path file(String name) throws IOException {
        if (directory == null) {
            directory = Files.createTempDirectory(".lshell-command");
        }
        return directory.resolve(name);
    }

    /** What marks the processes that the command starts: a variable and its value. */
    String marker() {
        return TRACE_ID + '=' + environment.get(TRACE_ID);
    }

    /** The state that the shell left when it exited; null when nobody wants to know. */
    ShellState state() throws IOException {
        return command.wantState ? ShellState.read(file(STATE_FILE), shell, start) : null;
    }

    @Override
    public void close() throws IOException {
        if (directory == null) {
            return;
        }
        for (String name : new String[] {TEXT_FILE, PRELUDE_FILE, STATE_FILE}) {
            Files.deleteIfExists(directory.resolve(name));
        }
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            // What a command has put there is not ours to delete.
            return;
        }
    }
}
