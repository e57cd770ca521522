package io.github.lambdashell.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says that the build which made a temporary stack is still there. The system takes the lock back however a process
 * ends, and other containers on the same files see it too, which can't see one another's process ids.
 */
final class BuildLock implements AutoCloseable {
    /**
     * The locks of this process. They can't be asked for through the file: POSIX gives a process's lock back when the
     * process closes the file anywhere.
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private BuildLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock; empty when a living build has it. */
    static Optional<BuildLock> tryTake(Path path) throws IOException {
        Path file = path.toAbsolutePath();
        if (!OWN.add(file)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
            return lock == null ? Optional.empty() : Optional.of(new BuildLock(file, channel));
        } finally {
            if (lock == null) {
                OWN.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** Gives the lock back, and its file. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't release " + file, e);
        } finally {
            OWN.remove(file);
        }
    }
}
