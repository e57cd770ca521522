package io.github.lambdashell.local.lambda.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the platform and the function write while a sandbox runs: to a file, and its tail to the callers. */
public final class SandboxLog implements Closeable {
    private final LogFile file;
    private final LogTail tail = new LogTail();
    private boolean atLineStart = true;

    private SandboxLog(LogFile file) {
        this.file = file;
    }

    /**
     * Begins a log.
     *
     * @param folder of the function's logs; exists
     * @param sandboxId makes the file's name unique
     */
    public static SandboxLog open(Path folder, String sandboxId) throws IOException {
        return new SandboxLog(new LogFile(folder, sandboxId));
    }

    /** Begins the tail afresh. */
    public synchronized void beginTail() {
        tail.clear();
    }

    /** The last 4096 bytes since {@link #beginTail}. */
    public synchronized byte[] tail() {
        return tail.bytes();
    }

    /** A line of the platform's own; ends the function's line at hand. */
    public synchronized void platformLine(String line) {
        String prefix = atLineStart ? "" : "\n";
        byte[] bytes = (prefix + line + "\n").getBytes(StandardCharsets.UTF_8);
        append(bytes, 0, bytes.length);
    }

    /** What the function wrote. */
    public synchronized void append(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        atLineStart = bytes[offset + length - 1] == '\n';
        tail.append(bytes, offset, length);
        try {
            file.append(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be written", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be closed", e);
        }
    }
}
