package io.github.lambdashell.target.local.log;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the platform and the function write while a sandbox runs; a log stream on AWS. It is a file that the sandbox's
 * processes have as their standard error: what they have written is there at once, without anybody who would have to
 * read a pipe.
 *
 * <p>The processes can't open the file anew by way of /dev/stderr and cut it off: nobody may write to it but who has it
 * open. (On Lambda /dev/stderr can't be opened either.)
 */
public final class SandboxLog implements Closeable {
    /** As much as Lambda returns in LogResult, in bytes. */
    private static final int TAIL = 4096;

    private static final long LIMIT = 10L * 1024 * 1024;
    private static final Set<PosixFilePermission> OPEN_FOR_WRITING = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> CLOSED = PosixFilePermissions.fromString("r--------");

    private final Path path;
    /** No channel: the interruption of a thread that uses one would close it. */
    private final FileOutputStream out;

    private final RandomAccessFile in;
    private long tailStart;

    private SandboxLog(Path path) throws IOException {
        this.path = path;
        this.out = new FileOutputStream(path.toFile(), true);
        this.in = new RandomAccessFile(path.toFile(), "r");
    }

    /**
     * Begins a log.
     *
     * @param folder of the function's logs; exists
     * @param sandboxId makes the file's name unique
     */
    public static SandboxLog open(Path folder, String sandboxId) throws IOException {
        return new SandboxLog(LogFiles.create(folder, sandboxId));
    }

    /** Starts a process that has the log as its standard error. */
    public synchronized Process start(ProcessBuilder builder) throws IOException {
        builder.redirectError(ProcessBuilder.Redirect.appendTo(path.toFile()));
        Files.setPosixFilePermissions(path, OPEN_FOR_WRITING);
        try {
            return builder.start();
        } finally {
            Files.setPosixFilePermissions(path, CLOSED);
        }
    }

    /** Begins the tail afresh. */
    public synchronized void beginTail() {
        tailStart = length();
    }

    /** The last 4096 bytes since {@link #beginTail}. */
    public synchronized byte[] tail() {
        try {
            long end = in.length();
            long start = Math.max(Math.min(tailStart, end), end - TAIL);
            byte[] tail = new byte[(int) (end - start)];
            in.seek(start);
            in.readFully(tail);
            return tail;
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be read", e);
        }
    }

    /** Returns what {@link #tail} would return now, read when it is asked for, also after the log has been closed. */
    public synchronized Supplier<byte[]> laterTail() {
        long end = length();
        long start = Math.max(Math.min(tailStart, end), end - TAIL);
        return () -> {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
                byte[] tail = new byte[(int) Math.max(Math.min(file.length(), end) - start, 0)];
                file.seek(start);
                file.readFully(tail);
                return tail;
            } catch (IOException e) {
                throw new UncheckedIOException("The function's log can't be read", e);
            }
        };
    }

    /** A line of the platform's own; ends the function's line at hand. */
    public synchronized void platformLine(String line) {
        write((isAtLineStart() ? "" : "\n") + line + "\n");
    }

    /** Holds the file to 10 MB: beyond that it begins anew. */
    public synchronized void trim() {
        try {
            if (in.length() > LIMIT) {
                out.getChannel().truncate(0);
                tailStart = 0;
                write("[what was before is left out: this file had reached 10 MB]\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be cut", e);
        }
    }

    private boolean isAtLineStart() {
        try {
            long length = in.length();
            if (length == 0) {
                return true;
            }
            in.seek(length - 1);
            return in.read() == '\n';
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be read", e);
        }
    }

    private long length() {
        try {
            return in.length();
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be read", e);
        }
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be written", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            in.close();
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be closed", e);
        }
    }
}
