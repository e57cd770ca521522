package io.github.lambdashell.target.local.log;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.FunctionLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The logs of a function's sandboxes, read from the files that {@link SandboxLog} writes, in any process. */
public final class SandboxLogs implements FunctionLog {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final DeployedStack stack;
    private final Path folder;
    private final Optional<Instant> since;
    private final BooleanSupplier isDeployed;
    /** By the files' names, which begin with the time of the sandbox's start. */
    private final Map<String, LineReader> readers = new TreeMap<>();

    /**
     * Creates the log; reads no files.
     *
     * @param folder of the function's logs; need not exist
     * @param since excludes the sandboxes that have not written since then
     * @param isDeployed returns whether the stack still exists
     */
    public SandboxLogs(DeployedStack stack, Path folder, Optional<Instant> since, BooleanSupplier isDeployed) {
        this.stack = stack;
        this.folder = folder;
        this.since = since;
        this.isDeployed = isDeployed;
    }

    @Override
    public DeployedStack stack() {
        return stack;
    }

    @Override
    public boolean next(boolean isLast, Consumer<Entry> entries) {
        boolean exists = isDeployed.getAsBoolean();
        try {
            List<Path> files = files();
            Set<String> names = new HashSet<>();
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(name);
                if (!readers.containsKey(name) && isYoung(file)) {
                    readers.put(name, new LineReader(file, 0));
                }
            }
            for (String name : new ArrayList<>(readers.keySet())) {
                String stream = name.substring(0, name.length() - SandboxLog.ENDING.length());
                boolean isRemoved = !names.contains(name);
                for (String line : readers.get(name).next(isLast || isRemoved)) {
                    entries.accept(new Entry(stream, Optional.empty(), line));
                }
                if (isRemoved) {
                    readers.remove(name).close();
                }
            }
        } catch (IOException e) {
            throw new ShellException(
                    "The log of the stack " + stack.name() + " can't be read: " + e,
                    "Check the permissions of " + folder,
                    e);
        }
        return exists;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.toString().endsWith(SandboxLog.ENDING))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private boolean isYoung(Path file) throws IOException {
        if (since.isEmpty()) {
            return true;
        }
        try {
            return !Files.getLastModifiedTime(file).toInstant().isBefore(since.get());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void close() {
        try {
            for (LineReader reader : readers.values()) {
                reader.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The function's log can't be closed", e);
        }
    }
}
