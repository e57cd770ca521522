package io.github.lambdashell.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Notes on disk of the stacks that this user's builds made, written before the stack is, so that a killed build's stack
 * is found again.
 */
public final class StackRecords {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    /**
     * @param home the plugin's own directory
     */
    public StackRecords(Path home) {
        this.directory = home.resolve("stacks");
    }

    /**
     * One stack that was made or is being made.
     *
     * @param stackName its name
     * @param base the name that was configured; another one when the stack is a temporary one
     * @param target {@code local} or {@code aws}
     * @param region as configured, null for the SDK's chain
     * @param pid the process that made it
     * @param started when that process started, epoch milliseconds, for pids come again
     */
    public record StackRecord(String stackName, String base, String target, String region, long pid, long started) {
        static StackRecord of(String stackName, String base, String target, String region) {
            ProcessHandle self = ProcessHandle.current();
            return new StackRecord(stackName, base, target, region, self.pid(), startOf(self));
        }

        /** Whether the stack was to go with the build that made it. */
        public boolean isTemporary() {
            return !stackName.equals(base);
        }

        /** Whether the build that made it still runs. */
        public boolean isOwnerAlive() {
            return ProcessHandle.of(pid)
                    .filter(owner -> owner.isAlive() && startOf(owner) == started)
                    .isPresent();
        }

        private static long startOf(ProcessHandle process) {
            return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        }
    }

    /**
     * Writes a record, whole or not at all.
     *
     * @throws ShellException when the directory can't be written
     */
    void add(StackRecord stack) {
        try {
            Files.createDirectories(directory.getParent());
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Path temporary = Files.createTempFile(directory, ".", ".new");
            JSON.writeValue(temporary.toFile(), stack);
            Files.move(
                    temporary,
                    file(stack.target(), stack.stackName()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ShellException(
                    "Can't write to " + directory + ": " + e,
                    "Give yourself access to it, or name another directory with -Dlshell.home",
                    e);
        }
    }

    void remove(String target, String stackName) {
        try {
            Files.deleteIfExists(file(target, stackName));
        } catch (IOException e) {
            throw new ShellException(
                    "Can't remove " + file(target, stackName) + ": " + e, "Give yourself access to it", e);
        }
    }

    /** The record of a stack, where there is one. */
    public Optional<StackRecord> find(String target, String stackName) {
        return read(file(target, stackName));
    }

    /** The temporary stacks that were made for a name by builds that are dead now. */
    public List<StackRecord> abandoned(String target, String base) {
        List<StackRecord> abandoned = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(".json"))
                        .flatMap(file -> read(file).stream())
                        .filter(stack -> stack.isTemporary()
                                && stack.target().equals(target)
                                && stack.base().equals(base)
                                && !stack.isOwnerAlive())
                        .forEach(abandoned::add);
            } catch (IOException e) {
                throw unreadable(directory, e);
            }
        }
        return abandoned;
    }

    private Optional<StackRecord> read(Path file) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), StackRecord.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static ShellException unreadable(Path path, IOException e) {
        return new ShellException(
                "Can't read " + path + ": " + e, "Give yourself access to it, or remove it if it is damaged", e);
    }

    private Path file(String target, String stackName) {
        return directory.resolve(target + "-" + stackName + ".json");
    }
}
