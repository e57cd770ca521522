package io.github.lambdashell.local.lambda.log;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads what a sandbox's processes write to their standard output and error, which is one pipe, into its log.
 *
 * <p>To know that everything written so far has been read, we write a mark into the same pipe (Linux lets us open the
 * child's end of it) and wait until it comes out.
 */
public final class LogPipe {
    private static final long PATIENCE_MILLIS = 1000;
    private static final long POLL_NANOS = 1_000_000;

    private final InputStream pipe;
    private final SandboxLog log;
    private final OutputStream childsEnd;
    private final byte[] mark = ("\0" + UUID.randomUUID()).getBytes(StandardCharsets.US_ASCII);
    private final Semaphore marksSeen = new Semaphore(0);
    private final Thread reader;

    private LogPipe(InputStream pipe, OutputStream childsEnd, SandboxLog log, String threadName) {
        this.pipe = pipe;
        this.childsEnd = childsEnd;
        this.log = log;
        this.reader = new Thread(this::read, threadName);
        this.reader.setDaemon(true);
    }

    /** Begins to read the standard error of a process that has just been started. */
    public static LogPipe readStandardError(Process process, SandboxLog log) throws IOException {
        Path childsEnd = Path.of("/proc/" + process.pid() + "/fd/2");
        LogPipe logPipe = new LogPipe(
                process.getErrorStream(),
                Files.exists(childsEnd) ? new FileOutputStream(childsEnd.toFile()) : null,
                log,
                "lshell-log-" + process.pid());
        logPipe.reader.start();
        return logPipe;
    }

    /** Waits until all that has been written so far is in the log; a second at most. */
    public void drain() {
        try {
            if (childsEnd == null) {
                while (pipe.available() > 0) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
            } else {
                childsEnd.write(mark);
                marksSeen.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The pipe is closed: the process has ended, and finish() sees to the rest.
        }
    }

    /** To be called when the process has ended: waits for the rest of what it wrote; a second at most. */
    public void finish() throws IOException {
        if (childsEnd != null) {
            childsEnd.close();
        }
        try {
            reader.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        byte[] buffer = new byte[16 * 1024];
        int held = 0;
        try {
            for (int n; (n = pipe.read(buffer, held, buffer.length - held)) >= 0; ) {
                held = consume(buffer, held + n);
            }
        } catch (IOException e) {
            // Closed under the reader, as Java does when the process has ended.
        }
        log.append(buffer, 0, held);
    }

    /**
     * Logs what is there, without marks.
     *
     * @return how many bytes were kept back, at the buffer's beginning, because they may be half a mark
     */
    private int consume(byte[] buffer, int length) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] != 0) {
                continue;
            }
            int known = Math.min(mark.length, length - i);
            if (!Arrays.equals(buffer, i, i + known, mark, 0, known)) {
                continue;
            }
            log.append(buffer, start, i - start);
            if (known < mark.length) {
                System.arraycopy(buffer, i, buffer, 0, known);
                return known;
            }
            marksSeen.release();
            start = i + mark.length;
            i = start - 1;
        }
        log.append(buffer, start, length - start);
        return 0;
    }
}
