package io.github.lambdashell.stack;

import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.InvocationReport;
import io.github.lambdashell.target.StackLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The usage of a stack by this machine: a file with one line per invocation, to which several builds append. Safe for
 * use by several threads.
 */
public final class StackUsage {
    private static final Logger LOG = LoggerFactory.getLogger(StackUsage.class);

    private final Path file;
    private final boolean temporary;

    private StackUsage(Path file, boolean temporary) {
        this.file = file;
        this.temporary = temporary;
    }

    /** Returns the usage of one stack; its file is beside the stack's record. */
    public static StackUsage of(Path home, DeployedStack stack) {
        return new StackUsage(file(home, stack.location(), stack.name()), stack.isTemporary());
    }

    private static Path file(Path home, StackLocation location, String stackName) {
        return home.resolve("stacks").resolve(StackRecord.key(location, stackName) + ".usage");
    }

    /** Adds one invocation. The file of a temporary stack exists as long as the stack, and is not created here. */
    public void add(InvocationReport report) {
        try {
            Files.createDirectories(file.getParent());
            // A single write, so that the lines of several builds are not mixed.
            Files.writeString(
                    file,
                    report.billedDuration().toMillis() + " " + report.memorySize() + " " + report.maxMemoryUsed()
                            + "\n",
                    temporary ? StandardOpenOption.WRITE : StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (NoSuchFileException e) {
            // The temporary stack was deleted at a signal.
            LOG.debug("The invocation is not recorded: {}", file, e);
        } catch (IOException e) {
            // The command has run, so its result is more important than this line.
            LOG.warn("The teardown's summary will not include this invocation: can't write {}: {}", file, e);
        }
    }

    /** Returns the time of this machine's last invocation; empty if it made none. */
    static Optional<Instant> last(Path home, StackLocation location, String stackName) {
        Path file = file(home, location, stackName);
        try {
            // The file of a temporary stack exists, empty, before the first invocation.
            return Files.exists(file) && Files.size(file) > 0
                    ? Optional.of(Files.getLastModifiedTime(file).toInstant())
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
    }

    /** Returns for example {@code 42 invocations, 3150 ms billed (1.58 GB-seconds), 143 of 512 MB used}. */
    static String sum(Path home, StackLocation location, String stackName) {
        Path file = file(home, location, stackName);
        try {
            return sum(Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            return sum(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
    }

    private static String sum(List<String> lines) {
        if (lines.isEmpty()) {
            return "no invocations";
        }
        long billed = 0;
        double gigabyteSeconds = 0;
        int used = 0;
        int size = 0;
        for (String line : lines) {
            String[] fields = line.split(" ");
            long millis = Long.parseLong(fields[0]);
            billed += millis;
            size = Integer.parseInt(fields[1]);
            gigabyteSeconds += millis / 1000.0 * size / 1024;
            used = Math.max(used, Integer.parseInt(fields[2]));
        }
        return String.format(
                Locale.ROOT,
                "%d invocation%s, %d ms billed (%.2f GB-seconds), %d of %d MB used",
                lines.size(),
                lines.size() == 1 ? "" : "s",
                billed,
                gigabyteSeconds,
                used,
                size);
    }
}
