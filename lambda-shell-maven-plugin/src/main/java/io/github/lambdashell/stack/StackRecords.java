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
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
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

    /** Maximum age of an unfinished record whose build may still be running; writing one takes milliseconds. */
    private static final Duration MAX_WRITE_TIME = Duration.ofMinutes(10);

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
     * Writes a record atomically.
     *
     * @throws ShellException if the directory can't be written
     */
    void add(StackRecord stack) {
        try {
            makeDirectory();
            Path temporary = Files.createTempFile(directory, ".", UNFINISHED);
            JSON.writeValue(temporary.toFile(), stack);
            Files.move(
                    temporary,
                    file(stack.location(), stack.stackName(), RECORD),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(e);
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

    /** Deletes a stack's record and its usage file. */
    void remove(StackLocation location, String stackName) {
        try {
            Files.deleteIfExists(file(location, stackName, USAGE));
            Files.deleteIfExists(file(location, stackName, RECORD));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Deletes files of builds that were killed before their record was complete: locks and unfinished records. */
    void removeStrayFiles() {
        removeUnfinishedRecords();
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

    private void removeUnfinishedRecords() {
        Instant limit = Instant.now().minus(MAX_WRITE_TIME);
        for (Path file : files(UNFINISHED)) {
            try {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException e) {
                // Another build has renamed or deleted the file.
            } catch (IOException e) {
                throw unwritable(e);
            }
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
