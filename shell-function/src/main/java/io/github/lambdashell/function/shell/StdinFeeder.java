package io.github.lambdashell.function.shell;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Writes to a command's standard input, on a thread of its own as a command need not read. */
final class StdinFeeder implements Runnable {
    private static final byte[] END = new byte[0];

    private final OutputStream stdin;
    private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private final AtomicLong pending = new AtomicLong();

    StdinFeeder(OutputStream stdin) {
        this.stdin = stdin;
    }

    /** Takes bytes to be written, and does not wait for that. */
    void feed(byte[] bytes) {
        if (bytes.length > 0) {
            pending.addAndGet(bytes.length);
            pieces.add(bytes);
        }
    }

    /** Returns the number of bytes that are still to be written. */
    long pending() {
        return pending.get();
    }

    /** Closes standard input once all is written. */
    void end() {
        pieces.add(END);
    }

    @Override
    public void run() {
        boolean read = true;
        try (stdin) {
            for (byte[] piece = pieces.take(); piece != END; piece = pieces.take()) {
                read = read && write(piece);
                pending.addAndGet(-piece.length);
            }
        } catch (IOException e) {
            // Closing flushes, but no process reads any more.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes; returns whether a process still reads. That none does is no error, as with a shell's pipe. */
    private boolean write(byte[] piece) {
        try {
            stdin.write(piece);
            stdin.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Opens a command's standard input for writing. Java's own stream drops what is written to it once the process has
     * ended, and says nothing.
     *
     * @param process runs already; its own stream is closed
     * @return its own stream where the process has ended, or the system doesn't show its processes
     */
    static OutputStream writeEnd(Process process) {
        Path stdin = Path.of("/proc/" + process.pid() + "/fd/0");
        try {
            Path pipe = Files.readSymbolicLink(stdin);
            if (pipe.toString().startsWith("pipe:")) {
                OutputStream own = Files.newOutputStream(stdin, StandardOpenOption.WRITE);
                // The command may have opened another file in its place by now.
                if (pipe.equals(Files.readSymbolicLink(stdin))) {
                    process.getOutputStream().close();
                    return own;
                }
                own.close();
            }
        } catch (IOException e) {
            // The process has ended.
        }
        return process.getOutputStream();
    }

    /**
     * Opens the standard input that a command leaves unread. A terminal keeps it for the next prompt; a pipe loses it with
     * its last reader, so this one stays until the command has ended.
     *
     * @param pid of a process that runs already
     * @return empty where the process has ended, or the system doesn't show its processes
     */
    static InputStream unread(long pid) {
        try {
            return new FileInputStream("/proc/" + pid + "/fd/0");
        } catch (FileNotFoundException e) {
            return InputStream.nullInputStream();
        }
    }
}
