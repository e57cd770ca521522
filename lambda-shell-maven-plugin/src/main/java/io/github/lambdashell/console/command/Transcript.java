package io.github.lambdashell.console.command;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.FrameListener;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The session's commands with their output, in a private temporary file. Of each command's output it keeps the first
 * {@value #MAX_BYTES_EACH} bytes.
 */
public final class Transcript implements Closeable {
    static final int MAX_BYTES_EACH = 16 << 20;

    private RandomAccessFile file;
    private OutputStream out;
    private boolean atLineStart = true;

    /** Writes a command and returns a listener that records its output and passes it on. */
    public FrameListener begin(String command, FrameListener listener) {
        write("$ " + command.replace("\n", "\n> ") + "\n");
        return new Recorder(listener);
    }

    /** Writes a line of the prompt's own about the command. */
    void add(String line) {
        freshLine();
        write(line + "\n");
    }

    /** Writes the command's exit code, if it is not 0. */
    public void end(int exitCode) {
        freshLine();
        if (exitCode != 0) {
            write("[exit code " + exitCode + "]\n");
        }
    }

    /**
     * Writes the transcript to a file, which is overwritten.
     *
     * @throws ShellException if the file can't be written
     */
    public void save(Path target) {
        try {
            if (file == null) {
                Files.write(target, new byte[0]);
            } else {
                out.flush();
                copyTo(target);
            }
        } catch (IOException e) {
            throw new ShellException("Can't write " + target + ": " + e, "Specify a file that you can write", e);
        }
    }

    private void copyTo(Path target) throws IOException {
        byte[] part = new byte[64 * 1024];
        file.seek(0);
        try (OutputStream copy = Files.newOutputStream(target)) {
            for (int count = file.read(part); count >= 0; count = file.read(part)) {
                copy.write(part, 0, count);
            }
        } finally {
            file.seek(file.length());
        }
    }

    private void freshLine() {
        if (!atLineStart) {
            write("\n");
        }
    }

    private void write(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }

    private void write(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        try {
            if (out == null) {
                File path = Files.createTempFile("lshell-transcript", null).toFile();
                // Not a channel: an interrupt of the writing thread would close it.
                file = new RandomAccessFile(path, "rw");
                // POSIX systems delete the file at once, so that it does not outlive a killed build.
                if (!path.delete()) {
                    path.deleteOnExit();
                }
                out = new BufferedOutputStream(new FileOutputStream(file.getFD()));
            }
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the transcript to a temporary file", e);
        }
        atLineStart = bytes[offset + length - 1] == '\n';
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
            file.close();
        }
    }

    /** Records output up to the limit, after it was shown. */
    private final class Recorder implements FrameListener {
        private final FrameListener listener;
        private long kept;

        Recorder(FrameListener listener) {
            this.listener = listener;
        }

        @Override
        public void stdout(byte[] bytes, int offset, int length) {
            listener.stdout(bytes, offset, length);
            keep(bytes, offset, length);
        }

        @Override
        public void stderr(byte[] bytes, int offset, int length) {
            listener.stderr(bytes, offset, length);
            keep(bytes, offset, length);
        }

        private void keep(byte[] bytes, int offset, int length) {
            boolean fitted = kept < MAX_BYTES_EACH;
            kept += length;
            if (kept < MAX_BYTES_EACH) {
                write(bytes, offset, length);
            } else if (fitted) {
                freshLine();
                write("[more output was omitted here]\n");
            }
        }
    }
}
