package io.github.lambdashell.function.shell;

import static io.github.lambdashell.function.state.Shell.quote;

import io.github.lambdashell.function.state.Shell;
import io.github.lambdashell.function.state.ShellState;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The shell's command line and environment for one command. Usually it is {@code bash -c COMMAND}. A long command,
 * characters that Java would damage, and a prelude, which restores a session's state and has it captured at the end, go
 * through files that live as long as the command.
 */
final class CommandLine implements Closeable {
    /** The variable that marks the processes of one invocation. */
    static final String TRACE_ID = "_X_AMZN_TRACE_ID";

    private static final String LC_ALL = "LC_ALL";
    private static final String BASH_ENV = "BASH_ENV";

    /** Linux' MAX_ARG_STRLEN: the size limit of one argument, its ending NUL included. */
    private static final int MAX_ARGUMENT = 128 * 1024;

    /** Java encodes arguments and variables as it does file names, before Java 18 as it does anything. */
    private static final boolean UTF_8 = Charset.defaultCharset().equals(StandardCharsets.UTF_8)
            && "UTF-8".equals(System.getProperty("sun.jnu.encoding"));

    private static final String TEXT_FILE = "command";
    private static final String PRELUDE_FILE = "prelude";

    final ProcessBuilder builder = new ProcessBuilder();
    private final Shell shell;
    private final Command command;
    private final Map<String, String> environment = builder.environment();
    private final Prelude prelude = new Prelude();
    private Path directory;

    /**
     * Prepares a shell.
     *
     * @param traceId the value of {@link #TRACE_ID} for it
     * @param parseOnly whether it only reads the command, as standard input, and complains of it in English
     */
    CommandLine(Shell shell, Command command, String traceId, boolean parseOnly) throws IOException {
        this.shell = shell;
        this.command = command;
        ShellState.restoreLocale(environment);
        for (Map.Entry<String, String> change : command.environment.entrySet()) {
            set(change.getKey(), change.getValue());
        }
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

    /** Returns whether Java passes the text on unchanged: without the locale it makes {@code ?} of an umlaut. */
    private static boolean passes(String text) {
        return UTF_8 || text.length() == text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void run() throws IOException {
        boolean captures = command.wantState && shell == Shell.BASH;
        if (captures || command.state != null && shell == Shell.BASH) {
            prelude.session(command.state, captures ? ShellState.capturing(directory(), command.environment) : null);
        }
        String text = command.text;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= MAX_ARGUMENT || !passes(text)) {
            String file = quote(Files.write(file(TEXT_FILE), bytes).toString());
            text = "eval \"$(" + (shell == Shell.BASH ? "<" : "cat ") + file + ")\"";
        }
        if (shell == Shell.BASH || prelude.isEmpty()) {
            readFirst();
            builder.command(shell.program, "-c", text);
        } else {
            String file = quote(Files.write(file(PRELUDE_FILE), prelude.forSh()).toString());
            builder.command(shell.program, "-c", ". " + file + "; eval \"set --; $1\"", shell.program, text);
        }
    }

    private void parse() throws IOException {
        environment.put(LC_ALL, "C");
        if (shell == Shell.BASH && command.state != null) {
            prelude.parseOnly(command.state);
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
        return directory().resolve(name);
    }

    private Path directory() throws IOException {
        if (directory == null) {
            directory = Files.createTempDirectory(".lshell-command");
        }
        return directory;
    }

    /** Returns the marker of the processes that the command starts: a variable and its value. */
    String marker() {
        return TRACE_ID + '=' + environment.get(TRACE_ID);
    }

    /** Returns the state that the shell left when it exited; null when the request does not want it. */
    ShellState state() throws IOException {
        if (!command.wantState) {
            return null;
        }
        return shell == Shell.BASH
                ? ShellState.read(directory)
                : ShellState.lost("only bash can report its state, and there is none");
    }

    @Override
    public void close() throws IOException {
        if (directory == null) {
            return;
        }
        Files.deleteIfExists(directory.resolve(TEXT_FILE));
        Files.deleteIfExists(directory.resolve(PRELUDE_FILE));
        for (String name : ShellState.FILES) {
            Files.deleteIfExists(directory.resolve(name));
        }
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            // The command's own files are left.
            return;
        }
    }
}
