package io.github.lambdashell.console.command;

import io.github.lambdashell.invoke.FrameListener;
import io.github.lambdashell.session.Output;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The session as it can be read later: commands with what they wrote. Of one command's output it keeps the first
 * {@value #MAX_BYTES_EACH} bytes, on disk once there is much of it.
 */
public final class Transcript implements Closeable {
    static final int MAX_BYTES_EACH = 16 << 20;

    private final Output text = new Output();
    private boolean atLineStart = true;

    /** Notes a command and returns who hears its output on the way to the listener. */
    public FrameListener begin(String command, FrameListener listener) {
        write("$ " + command.replace("\n", "\n> ") + "\n");
        return new Recorder(listener);
    }

    /** Notes how the command ended. */
    public void end(int exitCode) {
        freshLine();
        if (exitCode != 0) {
            write("[exit code " + exitCode + "]\n");
        }
    }

    /** Writes what there is so far, over what the file held. */
    public void save(Path file) throws IOException {
        try (InputStream in = text.open()) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
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
        if (length > 0) {
            text.write(bytes, offset, length);
            atLineStart = bytes[offset + length - 1] == '\n';
        }
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    /** Keeps what passes, as long as it is not too much. */
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
            if (kept < MAX_BYTES_EACH && kept + length >= MAX_BYTES_EACH) {
                freshLine();
                write("[more output was left out here]\n");
            }
            if (kept + length < MAX_BYTES_EACH) {
                write(bytes, offset, length);
            }
            kept += length;
        }
    }
}
