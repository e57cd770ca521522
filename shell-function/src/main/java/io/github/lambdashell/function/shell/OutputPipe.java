package io.github.lambdashell.function.shell;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;

/**
 * A named pipe from commands to this process. Java's own pipes won't do: Java closes them when the child exits, whoever
 * else still writes to them. This one ends when the last process that holds it has let go, and can then serve the next
 * command, as the end to read from stays open.
 */
final class OutputPipe {
    private static final Path OWN_DESCRIPTORS = Paths.get("/proc/self/fd");

    private final FileInputStream in;
    private final File writeEnd;
    private final String link;

    /**
     * Makes pipes, one for a command's standard output and one for its standard error.
     *
     * @throws IOException when the system makes no named pipes, or there is no room in the temporary directory
     */
    static List<OutputPipe> pair() throws IOException {
        Path directory = Files.createTempDirectory(".lshell-pipes").toRealPath();
        Path stdout = directory.resolve("stdout");
        Path stderr = directory.resolve("stderr");
        try {
            make(stdout.toString(), stderr.toString());
            return List.of(new OutputPipe(stdout), new OutputPipe(stderr));
        } finally {
            if (Files.exists(stdout)) {
                // Where the pipes keep their names, the directory goes when the process ends. Last in, first out.
                directory.toFile().deleteOnExit();
            } else {
                Files.delete(directory);
            }
        }
    }

    private static void make(String stdout, String stderr) throws IOException {
        Process mkfifo = new ProcessBuilder(program(), "-m", "600", stdout, stderr)
                .redirectErrorStream(true)
                .start();
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
        for (String usual : new String[] {"/usr/bin/mkfifo", "/bin/mkfifo"}) {
            if (new File(usual).canExecute()) {
                return usual;
            }
        }
        return "mkfifo";
    }

    /**
     * Takes a named pipe over. Where there is a {@code /proc} its name is removed from the file system at once, so that
     * nothing of it is left behind however this process ends.
     *
     * @param path of a named pipe that nobody else uses
     */
    private OutputPipe(Path path) throws IOException {
        // Opened for reading alone, a pipe without a writer would block.
        RandomAccessFile writer = new RandomAccessFile(path.toFile(), "rw");
        try {
            in = new FileInputStream(path.toFile());
        } finally {
            writer.close();
        }
        Path own = ownDescriptor(path);
        if (own == null) {
            writeEnd = path.toFile();
            writeEnd.deleteOnExit();
            link = path.toString();
        } else {
            Files.delete(path);
            writeEnd = own.toFile();
            link = Files.readSymbolicLink(own).toString();
        }
    }

    /** The descriptor's name in /proc, which opens the pipe anew even when the pipe's own name is gone. */
    private static Path ownDescriptor(Path path) throws IOException {
        if (!Files.isDirectory(OWN_DESCRIPTORS)) {
            return null;
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OWN_DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                if (path.equals(target(descriptor))) {
                    return descriptor;
                }
            }
        }
        return null;
    }

    private static Path target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (NoSuchFileException e) {
            // Closed by another thread meanwhile.
            return null;
        }
    }

    /** What a command's output is redirected to. */
    File writeEnd() {
        return writeEnd;
    }

    /** What the descriptors of those who hold this pipe link to in /proc. */
    String link() {
        return link;
    }

    /** Reads as {@link FileInputStream#read(byte[])} does; -1 as long as nobody holds the pipe. */
    int read(byte[] bytes) throws IOException {
        return in.read(bytes);
    }

    void close() throws IOException {
        in.close();
    }
}
