package io.github.lambdashell.function.shell;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Writes to a command's standard input, on a thread of its own as a command need not read. */
final class StdinFeeder implements Runnable {
    /** A descriptor that the command moves while they are listed can be missing. */
    private static final int ATTEMPTS = 5;

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
     * @param pipe from {@link #pipe}
     * @return the process's own stream where there is no pipe
     */
    static OutputStream writeEnd(Process process, Optional<Path> pipe) throws IOException {
        if (pipe.isEmpty()) {
            return process.getOutputStream();
        }
        OutputStream own;
        try {
            own = Files.newOutputStream(pipe.get(), StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            // The process has ended.
            return process.getOutputStream();
        }
        process.getOutputStream().close();
        return own;
    }

    /**
     * Opens the standard input that a command leaves unread. A terminal keeps it for the next prompt; a pipe loses it with
     * its last reader, so this one stays until the command has ended.
     *
     * @param pipe from {@link #pipe}
     */
    static InputStream unread(Optional<Path> pipe) {
        try {
            return pipe.isEmpty()
                    ? InputStream.nullInputStream()
                    : new FileInputStream(pipe.get().toFile());
        } catch (FileNotFoundException e) {
            // The process has ended.
            return InputStream.nullInputStream();
        }
    }

    /**
     * Returns this process's end of the pipe that is a command's standard input. The command may have another file in its
     * place by now, such as a here-document, whose pipe must not get one more writer: it would never end.
     *
     * @param process runs already; its own stream is open
     * @return empty where the process has ended or closed it, or the system doesn't show its processes
     */
    static Optional<Path> pipe(Process process) {
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                Set<String> read = pipes("/proc/" + process.pid() + "/fd", PosixFilePermission.OWNER_READ)
                        .keySet();
                Map<String, Path> written = pipes("/proc/self/fd", PosixFilePermission.OWNER_WRITE);
                written.keySet().retainAll(read);
                if (!written.isEmpty()) {
                    return Optional.of(written.values().iterator().next());
                }
            } catch (IOException | DirectoryIteratorException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Returns the descriptors of pipes that are open in one direction only, by their targets. */
    private static Map<String, Path> pipes(String directory, PosixFilePermission direction) throws IOException {
        Map<String, Path> pipes = new HashMap<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of(directory))) {
            for (Path descriptor : descriptors) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    Set<PosixFilePermission> directions =
                            Files.getPosixFilePermissions(descriptor, LinkOption.NOFOLLOW_LINKS);
                    directions.remove(PosixFilePermission.OWNER_EXECUTE);
                    if (target.startsWith("pipe:") && directions.equals(Set.of(direction))) {
                        pipes.put(target, descriptor);
                    }
                } catch (NoSuchFileException e) {
                    // It has been closed.
                }
            }
        }
        return pipes;
    }
}
