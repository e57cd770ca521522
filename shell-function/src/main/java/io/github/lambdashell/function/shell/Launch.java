package io.github.lambdashell.function.shell;

import static io.github.lambdashell.function.state.Quoting.quote;

import io.github.lambdashell.function.state.ShellState;
import io.github.lambdashell.function.state.StartEnvironment;
import io.github.lambdashell.function.state.StateFormat;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
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
    /** Linux' MAX_ARG_STRLEN: what one argument may take, its ending NUL included. */
    private static final int LONGEST_ARGUMENT = 128 * 1024;

    private static final String COMMAND = "command";
    private static final String PRELUDE = "prelude";
    private static final String STATE = "state";

    final ProcessBuilder builder = new ProcessBuilder();
    private final Shell shell;
    private final Command command;
    private final StateFormat format;
    private final Prelude prelude = new Prelude();
    private final StartEnvironment start;
    private Path directory;

    Launch(Shell shell, Command command, String traceId) throws IOException {
        this.shell = shell;
        this.command = command;
        format = shell == Shell.BASH ? StateFormat.BASH : StateFormat.POSIX;
        Map<String, String> environment = builder.environment();
        Environment.makeFunctions(environment);
        start = change(environment);
        try {
            enter();
            session();
            if (command.syntaxOnly) {
                parse();
            } else {
                run();
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        environment.put(Environment.TRACE_ID, traceId);
    }

    private StartEnvironment change(Map<String, String> environment) {
        Map<String, String> own = command.wantState ? new HashMap<>(environment) : Map.of();
        command.environment.forEach((name, value) -> {
            if (value == null) {
                environment.remove(name);
            } else if (Encoding.passes(value)) {
                environment.put(name, value);
            } else {
                environment.put(name, "");
                prelude.export(name, value);
            }
        });
        Set<String> names = command.wantState ? new HashSet<>(environment.keySet()) : Set.of();
        return new StartEnvironment(own, names);
    }

    private void enter() {
        if (command.directory != null) {
            if (Encoding.passes(command.directory)) {
                builder.directory(new File(command.directory));
            } else {
                prelude.enter(command.directory);
            }
        }
    }

    private void session() throws IOException {
        if (command.wantState || command.state != null) {
            prelude.session(
                    format, command.state, command.wantState ? file(STATE).toString() : null);
        }
    }

    private void run() throws IOException {
        String text = command.text;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean inline = bytes.length < LONGEST_ARGUMENT && Encoding.passes(text);
        if (!inline) {
            String file = quote(Files.write(file(COMMAND), bytes).toString());
            text = "eval \"$(" + (shell == Shell.BASH ? "<" : "cat ") + file + ")\"";
        }
        if (prelude.isEmpty()) {
            builder.command(shell.program, "-c", text);
        } else if (shell == Shell.BASH) {
            readFirst();
            builder.command(shell.program, "-c", text);
        } else {
            // As an argument of eval it is parsed only when the prelude's aliases are there.
            String read =
                    ". " + quote(Files.write(file(PRELUDE), prelude.forPosix()).toString());
            builder.command(shell.program, "-c", read + "; eval \"set --; $1\"", shell.program, text);
        }
    }

    /** The text is read from standard input: no length, no character is a problem there. */
    private void parse() throws IOException {
        if (shell == Shell.BASH && !prelude.isEmpty()) {
            prelude.parseOnly();
            readFirst();
            builder.command(shell.program);
        } else {
            builder.command(shell.program, "-n");
        }
    }

    private void readFirst() throws IOException {
        String original = builder.environment().get("BASH_ENV");
        Path file = Files.write(file(PRELUDE), prelude.forBash(original));
        builder.environment().put("BASH_ENV", file.toString());
    }

    private Path file(String name) throws IOException {
        if (directory == null) {
            directory = Files.createTempDirectory(".lshell-command");
        }
        return directory.resolve(name);
    }

    /** The state that the shell left when it exited; null when nobody wants to know. */
    ShellState state() throws IOException {
        if (!command.wantState) {
            return null;
        }
        return ShellState.read(file(STATE), format, start);
    }

    @Override
    public void close() throws IOException {
        if (directory != null) {
            for (String name : new String[] {COMMAND, PRELUDE, STATE}) {
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
}
