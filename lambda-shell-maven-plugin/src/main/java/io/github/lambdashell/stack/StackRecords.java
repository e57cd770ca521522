package io.github.lambdashell.stack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.StackLocation;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Records on disk of the stacks that this user's builds created. A record is written before its stack is created, so
 * that the stack of a killed build can be found.
 */
final class StackRecords {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final String RECORD = ".json";
    private static final String LOCK = ".lock";
    private static final String USAGE = ".usage";
    private static final String UNFINISHED = ".new";

    /** Maximum number of times that a record is written again, because another build removed it unfinished. */
    private static final int ATTEMPTS = 100;

    private final Path directory;

    /**
     * Opens the records; creates no files.
     *
     * @param home the plugin's own directory, not null
     */
    StackRecords(Path home) {
        this.directory = home.resolve("stacks");
    }

    /**
     * Writes a record atomically. A temporary stack also gets its usage file, to which {@link StackUsage} only appends, so
     * that nothing is written for a stack that a signal has deleted.
     *
     * @throws ShellException if the directory can't be written
     */
    void add(StackRecord stack) {
        try {
            makeDirectory();
            byte[] json = JSON.writeValueAsBytes(stack);
            for (int attempt = 1; !write(json, file(stack.location(), stack.stackName(), RECORD)); attempt++) {
                if (attempt == ATTEMPTS) {
                    throw new IOException("other builds remove the unfinished record");
                }
            }
            Path usage = file(stack.location(), stack.stackName(), USAGE);
            if (stack.isTemporary() && Files.notExists(usage)) {
                Files.createFile(usage);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Returns false if another build removed the unfinished record, because it can't know that this build is alive. */
    private boolean write(byte[] json, Path record) throws IOException {
        Path unfinished = Files.createTempFile(directory, ".", UNFINISHED);
        try {
            Files.write(unfinished, json, StandardOpenOption.WRITE);
            Files.move(unfinished, record, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Locks a stack for this build.
     *
     * @return empty if another build has locked it
     */
    Optional<BuildLock> lock(StackLocation location, String stackName) {
        try {
            makeDirectory();
            return BuildLock.tryTake(file(location, stackName, LOCK));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Returns whether a running build of this machine has locked a stack; changes nothing. */
    boolean isLocked(StackLocation location, String stackName) {
        Path lock = file(location, stackName, LOCK);
        try {
            return BuildLock.isHeld(lock);
        } catch (IOException e) {
            throw new ShellException("Can't read " + lock + ": " + e, "Check its permissions", e);
        }
    }

    /** Deletes a stack's record and its usage file. */
    void remove(StackLocation location, String stackName) {
        delete(file(location, stackName, USAGE));
        delete(file(location, stackName, RECORD));
    }

    /** Deletes files of builds that were killed before their record was complete: locks and unfinished records. */
    void removeStrayFiles() {
        for (Path unfinished : files(UNFINISHED)) {
            delete(unfinished);
        }
        for (Path lock : files(LOCK)) {
            String name = lock.getFileName().toString();
            Path record = lock.resolveSibling(name.substring(0, name.length() - LOCK.length()) + RECORD);
            try {
                if (Files.notExists(record)) {
                    BuildLock.tryTake(lock).ifPresent(BuildLock::close);
                }
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Reads all records. */
    List<StackRecord> all() {
        return files(RECORD).stream().flatMap(file -> read(file).stream()).toList();
    }

    private List<Path> files(String ending) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new ShellException("Can't read " + directory + ": " + e, "Check its permissions", e);
        }
    }

    private static Optional<StackRecord> read(Path file) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), StackRecord.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ShellException("Can't read " + file + ": " + e, "Delete it if it is damaged", e);
        }
    }

    private void makeDirectory() throws IOException {
        if (!Files.isDirectory(directory)) {
            boolean posix =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
            Files.createDirectories(
                    directory,
                    posix
                            ? new FileAttribute<?>[] {
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                            }
                            : new FileAttribute<?>[0]);
        }
    }

    private ShellException unwritable(IOException e) {
        return new ShellException(
                "Can't write to " + directory + ": " + e,
                "Check its permissions, or specify another directory with -Dlshell.home",
                e);
    }

    private Path file(StackLocation location, String stackName, String ending) {
        return directory.resolve(StackRecord.key(location, stackName) + ending);
    }
}
