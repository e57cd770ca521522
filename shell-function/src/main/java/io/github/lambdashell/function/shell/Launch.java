package io.github.lambdashell.function.shell;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The shell's command line and environment for one command, and the files that it needs while it runs. */
final class Launch implements Closeable {
    /** Linux' MAX_ARG_STRLEN: what one argument may take, its ending NUL included. */
    private static final int LONGEST_ARGUMENT = 128 * 1024;

    final ProcessBuilder builder;
    private Path directory;

    Launch(Shell shell, Command command, String traceId) throws IOException {
        builder = new ProcessBuilder(shell.program, "-c", argument(shell, command.text));
        Environment.prepare(builder.environment(), command.environment, traceId);
        if (command.directory != null) {
            builder.directory(new File(command.directory));
        }
    }

    private String argument(Shell shell, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LONGEST_ARGUMENT && Encoding.passes(text)) {
            return text;
        }
        String read = shell == Shell.BASH ? "<" : "cat ";
        return "eval \"$(" + read + file("command", bytes) + ")\"";
    }

    private Path file(String name, byte[] content) throws IOException {
        if (directory == null) {
            directory = Files.createTempDirectory(".lshell-command");
        }
        return Files.write(directory.resolve(name), content);
    }

    @Override
    public void close() throws IOException {
        if (directory != null) {
            for (String name : List.of("command")) {
                Files.deleteIfExists(directory.resolve(name));
            }
            Files.deleteIfExists(directory);
        }
    }
}
