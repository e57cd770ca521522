package io.github.lambdashell.target.local.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.lambdashell.config.DirectoryOwner;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory in which the local target keeps stacks, functions and sandboxes. Private to the user: directories have the
 * mode 0700 and files 0600. Safe for several threads and several processes.
 */
public final class StateDirectory implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?> PRIVATE_DIRECTORY = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final String LOCK = "lock";
    private static final String USED = "used-";

    /**
     * Prefix of this process's staging directories, the same in all its class loaders. A process must not open the lock
     * file of its own one again, because closing that would release the lock.
     */
    private static final String PROCESS = ProcessHandle.current().pid() + "-"
            + ProcessHandle.current()
                    .info()
                    .startInstant()
                    .orElse(Instant.EPOCH)
                    .toEpochMilli()
            + "-";

    private final Path root;
    private final Path lockFile;
    private final Object monitor;

    /** Holds unfinished content. Its lock tells other processes that this one lives. Null in a directory to read. */
    private Path staging;

    private FileChannel stagingLock;

    private StateDirectory(Path root) {
        this.root = root;
        this.lockFile = root.resolve(LOCK);
        // Interned, because a Maven process may load this class several times, and the system's file locks keep
        // only processes apart, not class loaders.
        this.monitor = (StateDirectory.class.getName() + ":" + lockFile).intern();
    }

    /**
     * Opens the directory, and creates it if it doesn't exist. Removes the unfinished content of killed processes.
     *
     * @throws ShellException when it can't be created or written, or belongs to another user
     */
    public static StateDirectory open(Path directory) {
        try {
            Files.createDirectories(directory, PRIVATE_DIRECTORY);
            Path root = directory.toRealPath();
            DirectoryOwner.requireOwn(root);
            if (!Files.getPosixFilePermissions(root).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(root, OWNER_ONLY);
            }
            StateDirectory state = new StateDirectory(root);
            state.locked(() -> {
                state.removeStaleStaging();
                state.createStaging();
                return null;
            });
            return state;
        } catch (IOException e) {
            throw new ShellException(
                    "The local target's state directory " + directory + " can't be created or written (" + e + ")",
                    "Fix its permissions, or use another directory with -Dlshell.home",
                    e);
        }
    }

    /**
     * Opens the directory to read it: creates, changes and removes nothing. It need not exist.
     *
     * @throws ShellException when it belongs to another user
     */
    public static StateDirectory openToRead(Path directory) {
        DirectoryOwner.requireOwn(directory);
        return new StateDirectory(directory);
    }

    private void removeStaleStaging() throws IOException {
        for (Path entry : stagingDirectories()) {
            if (isStale(entry)) {
                removeOwned(entry);
                FileTree.delete(entry);
            }
        }
    }

    private List<Path> stagingDirectories() throws IOException {
        try (Stream<Path> entries = Files.list(directory("tmp"))) {
            return entries.toList();
        }
    }

    private static void removeOwned(Path stale) throws IOException {
        if (!Files.isDirectory(stale)) {
            return;
        }
        try (DirectoryStream<Path> links = Files.newDirectoryStream(stale, Files::isSymbolicLink)) {
            for (Path link : links) {
                FileTree.delete(Files.readSymbolicLink(link));
            }
        }
    }

    private static boolean isStale(Path entry) throws IOException {
        if (entry.getFileName().toString().startsWith(PROCESS)) {
            return false;
        }
        if (Files.notExists(entry.resolve(LOCK))) {
            // Its process was killed before it had the lock, or is removing it.
            return true;
        }
        try (FileChannel channel = FileChannel.open(entry.resolve(LOCK), StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private void createStaging() throws IOException {
        staging = Files.createTempDirectory(directory("tmp"), PROCESS, PRIVATE_DIRECTORY);
        stagingLock = FileChannel.open(
                staging.resolve(LOCK), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PRIVATE_FILE);
        stagingLock.lock();
    }

    /** Removes this process's unfinished content. */
    @Override
    public void close() {
        if (staging == null) {
            return;
        }
        FileTree.deleteUnchecked(staging);
        try {
            stagingLock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't release the lock of " + staging, e);
        }
    }

    /** Returns the directory's real path. */
    public Path root() {
        return root;
    }

    /**
     * Returns a directory in this one, which is created if it doesn't exist.
     *
     * @param name a relative path that doesn't leave this directory
     */
    public Path directory(String name) throws IOException {
        Path directory = root.resolve(name).normalize();
        if (!directory.startsWith(root)) {
            throw new IllegalArgumentException(name);
        }
        return Files.createDirectories(directory, PRIVATE_DIRECTORY);
    }

    /**
     * Creates a directory that this process removes; if the process is killed before, the next one does.
     *
     * @param name a relative path that doesn't leave this directory
     */
    public Path ownedDirectory(String name) throws IOException {
        Path directory = root.resolve(name);
        Files.createSymbolicLink(staging.resolve(directory.getFileName()), directory);
        return directory(name);
    }

    /** Creates an empty file for unfinished content, on the same file system as everything else here. */
    public Path temporaryFile() throws IOException {
        return Files.createTempFile(staging, null, null, PRIVATE_FILE);
    }

    /** Creates an empty directory for unfinished content, on the same file system as everything else here. */
    public Path temporaryDirectory() throws IOException {
        return Files.createTempDirectory(staging, null, PRIVATE_DIRECTORY);
    }

    /**
     * Marks something of this directory as used by this process until {@link #unmarkUsed}, {@link #close} or the process's
     * end. Called in {@link #locked}.
     *
     * @param name a file name
     */
    public void markUsed(String name) throws IOException {
        Path mark = staging.resolve(USED + name);
        if (Files.notExists(mark)) {
            Files.createFile(mark, PRIVATE_FILE);
        }
    }

    /** Removes a mark of this process, if there is one. */
    public void unmarkUsed(String name) throws IOException {
        Files.deleteIfExists(staging.resolve(USED + name));
    }

    /** Returns the names that running processes have marked as used. Called in {@link #locked}. */
    public Set<String> used() throws IOException {
        Set<String> names = new HashSet<>();
        for (Path process : stagingDirectories()) {
            if (!isStale(process)) {
                try (DirectoryStream<Path> marks = Files.newDirectoryStream(process, USED + "*")) {
                    marks.forEach(
                            mark -> names.add(mark.getFileName().toString().substring(USED.length())));
                } catch (NoSuchFileException e) {
                    // Its process has just ended.
                }
            }
        }
        return names;
    }

    /** An action during which nobody else changes the state. */
    @FunctionalInterface
    public interface Action<T> {
        T run() throws IOException;
    }

    /**
     * Runs {@code action} while no other thread and no other process is in this method for the same directory. Not
     * reentrant. Meant for file operations; an operation on a stack takes too long.
     */
    public <T> T locked(Action<T> action) throws IOException {
        synchronized (monitor) {
            // The channel is closed inside the monitor: closing any channel of a file drops the process's locks on it.
            try (FileChannel channel = openLockFile();
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                return action.run();
            }
        }
    }

    private FileChannel openLockFile() throws IOException {
        return FileChannel.open(lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PRIVATE_FILE);
    }

    /** Writes a record as JSON atomically: a reader sees the old content or the new. */
    public void write(Path file, Object content) throws IOException {
        Path temporary = temporaryFile();
        try {
            StateJson.mapper().writeValue(temporary.toFile(), content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Reads a record that {@link #write} wrote.
     *
     * @return empty when there is no such file
     * @throws ShellException when the file has other content
     */
    public <T> Optional<T> read(Path file, Class<T> type) throws IOException {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(StateJson.mapper().readValue(content, type));
        } catch (JsonProcessingException e) {
            throw new ShellException(
                    "The local target's file " + file + " is damaged (" + e.getOriginalMessage() + ")",
                    "Remove the file, or the directory " + root + " to begin anew",
                    e);
        }
    }
}
