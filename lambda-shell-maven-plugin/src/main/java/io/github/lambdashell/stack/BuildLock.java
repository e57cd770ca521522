package io.github.lambdashell.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file, held while the build that created a temporary stack runs. The operating system releases it even if
 * the process is killed. It also works between containers that share the files but can't see each other's processes.
 */
final class BuildLock implements AutoCloseable {
    /**
     * The locks of this process. The process must not open their files again, because POSIX releases a process's lock
     * when the process closes any channel of the file.
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private static final Set<FileChannel> KEPT_OPEN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private BuildLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Acquires the lock; returns empty if another running build holds it. */
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
        } catch (OverlappingFileLockException e) {
            // A build in another class loader of this process has the lock, and a close would release that.
            KEPT_OPEN.add(channel);
            channel = null;
            return Optional.empty();
        } finally {
            if (lock == null) {
                OWN.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** Returns whether a running build holds the lock; creates and deletes no file. */
    static boolean isHeld(Path path) throws IOException {
        Path file = path.toAbsolutePath();
        if (!OWN.add(file)) {
            return true;
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            try (FileLock lock = channel.tryLock()) {
                return lock == null;
            }
        } catch (NoSuchFileException e) {
            return false;
        } catch (OverlappingFileLockException e) {
            // As in tryTake: a close would release the lock of the other class loader.
            KEPT_OPEN.add(channel);
            channel = null;
            return true;
        } finally {
            OWN.remove(file);
            if (channel != null) {
                channel.close();
            }
        }
    }

    /** Releases the lock and deletes its file. */
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
