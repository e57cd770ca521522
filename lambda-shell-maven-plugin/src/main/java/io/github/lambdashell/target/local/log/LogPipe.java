package io.github.lambdashell.target.local.log;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named pipe that processes have as their standard error, and a thread that passes on what they write. Nobody may open
 * it: on Lambda /dev/stderr can't be opened either.
 */
final class LogPipe implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(LogPipe.class);
    private static final Set<PosixFilePermission> OPEN_FOR_WRITING = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> CLOSED = Set.of();
    private static final int PIECE = 64 * 1024;

    private final Path path;
    private final Receiver receiver;
    /** Open in both directions, so that the pipe never ends. */
    private final RandomAccessFile pipe;

    private final Object writing = new Object();
    /** Written to the pipe by {@link #flush}. The processes can't know it, and can't read the pipe. */
    private final byte[] mark = new byte[16];

    private long written;
    private long passed;
    private boolean isClosed;

    /** Receives what processes write. */
    interface Receiver {
        void receive(byte[] bytes, int offset, int length) throws IOException;
    }

    /** Creates the pipe with mkfifo(1). */
    LogPipe(Path path, Receiver receiver) throws IOException {
        this.path = path;
        this.receiver = receiver;
        new SecureRandom().nextBytes(mark);
        create(path);
        pipe = new RandomAccessFile(path.toFile(), "rw");
        Files.setPosixFilePermissions(path, CLOSED);
        Thread thread = new Thread(this::pass, "lshell-log");
        thread.setDaemon(true);
        thread.start();
    }

    private static void create(Path path) throws IOException {
        Process mkfifo = new ProcessBuilder("mkfifo", "-m", "600", path.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        // It ends at once, also if this thread is interrupted.
        if (mkfifo.onExit().join().exitValue() != 0) {
            throw new IOException("mkfifo can't create " + path);
        }
    }

    /** Starts a process that has the pipe as its standard error. */
    synchronized Process start(ProcessBuilder builder) throws IOException {
        File file = path.toFile();
        builder.redirectError(ProcessBuilder.Redirect.appendTo(file));
        Files.setPosixFilePermissions(path, OPEN_FOR_WRITING);
        try {
            return builder.start();
        } finally {
            Files.setPosixFilePermissions(path, CLOSED);
        }
    }

    /** Waits until all that has been written to the pipe has been received. */
    void flush() {
        try {
            flush(false);
        } catch (IOException e) {
            LOG.warn("A function's log is incomplete: {}", e.getMessage());
        }
    }

    private void flush(boolean isLast) throws IOException {
        long own;
        synchronized (writing) {
            if (isClosed) {
                return;
            }
            synchronized (this) {
                own = ++written;
                isClosed = isLast;
            }
            pipe.write(mark);
        }
        boolean interrupted = false;
        synchronized (this) {
            while (passed < own) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    // The other thread needs no more than microseconds.
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass() {
        byte[] bytes = new byte[mark.length + PIECE];
        int kept = 0;
        try (pipe) {
            while (true) {
                int count = pipe.read(bytes, kept, PIECE);
                if (count < 0) {
                    return;
                }
                int end = kept + count;
                int start = 0;
                for (int at = indexOfMark(bytes, start, end);
                        at + mark.length <= end;
                        at = indexOfMark(bytes, start, end)) {
                    receive(bytes, start, at);
                    start = at + mark.length;
                    synchronized (this) {
                        passed++;
                        notifyAll();
                        if (isClosed && passed == written) {
                            return;
                        }
                    }
                }
                int rest = indexOfMark(bytes, start, end);
                receive(bytes, start, rest);
                kept = end - rest;
                System.arraycopy(bytes, rest, bytes, 0, kept);
            }
        } catch (IOException e) {
            LOG.warn("A function's log can't be read: {}", e.getMessage());
        } finally {
            synchronized (this) {
                passed = Long.MAX_VALUE;
                notifyAll();
            }
        }
    }

    private void receive(byte[] bytes, int start, int end) {
        if (start == end) {
            return;
        }
        try {
            receiver.receive(bytes, start, end - start);
        } catch (IOException e) {
            LOG.warn("A function's log is incomplete: {}", e.getMessage());
        }
    }

    /** Returns the position of the first mark, or of its beginning at the end; the end if there is none. */
    private int indexOfMark(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at++) {
            int length = Math.min(mark.length, end - at);
            if (bytes[at] == mark[0] && Arrays.equals(bytes, at, at + length, mark, 0, length)) {
                return at;
            }
        }
        return end;
    }

    /** Receives what is left; later writers get an error. */
    @Override
    public void close() throws IOException {
        flush(true);
        Files.deleteIfExists(path);
    }
}
