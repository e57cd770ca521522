package io.github.lambdashell.function.shell;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** Where one command's standard output and standard error go. */
final class OutputPipes {
    final OutputPipe stdout;
    final OutputPipe stderr;

    private OutputPipes(OutputPipe stdout, OutputPipe stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** @throws IOException when the system makes no named pipes, or there is no room in the temporary directory */
    static OutputPipes open() throws IOException {
        Path directory = Files.createTempDirectory(".lshell-pipes").toRealPath();
        Path stdout = directory.resolve("stdout");
        Path stderr = directory.resolve("stderr");
        try {
            make(stdout, stderr);
            return new OutputPipes(new OutputPipe(stdout), new OutputPipe(stderr));
        } finally {
            if (Files.exists(stdout)) {
                // Where the pipes keep their names, the directory goes when the process ends. Last in, first out.
                directory.toFile().deleteOnExit();
            } else {
                Files.delete(directory);
            }
        }
    }

    private static void make(Path stdout, Path stderr) throws IOException {
        Process mkfifo = new ProcessBuilder(program(), "-m", "600", stdout.toString(), stderr.toString())
                .redirectErrorStream(true)
                .start();
        mkfifo.getOutputStream().close();
        byte[] words = mkfifo.getInputStream().readAllBytes();
        try {
            if (mkfifo.waitFor() != 0) {
                throw new IOException(new String(words).trim());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The function's own PATH is the user's to set, and need not lead to it. */
    private static String program() {
        for (String directory : new String[] {"/usr/bin", "/bin"}) {
            if (new File(directory, "mkfifo").canExecute()) {
                return Paths.get(directory, "mkfifo").toString();
            }
        }
        return "mkfifo";
    }

    void close() {
        try {
            stdout.close();
            stderr.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't close a pipe", e);
        }
    }
}
