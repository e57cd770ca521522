package io.github.lambdashell.emulator.cloudformation.stack;

import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A store of stacks, which keeps deleted ones for a while: a directory for each name, with a file for each stack of
 * that name. Safe for use by several threads and several processes.
 */
final class StackStore {
    /** Time for which a deleted stack can be found by its id. */
    private static final Duration DELETED_ARE_KEPT = Duration.ofHours(1);

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][-a-zA-Z0-9]{0,127}");
    private static final Pattern ARN =
            Pattern.compile("arn:[a-z-]+:cloudformation:[a-z0-9-]+:\\d{12}:stack/([^/]+)/([0-9a-f-]{36})");

    /** Status that replaces an operation's status if its process has ended. */
    private static final Map<String, String> ABANDONED = Map.of(
            "CREATE_IN_PROGRESS", "CREATE_FAILED",
            "ROLLBACK_IN_PROGRESS", "ROLLBACK_FAILED",
            "UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED",
            "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE",
            "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED",
            "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE",
            "DELETE_IN_PROGRESS", "DELETE_FAILED");

    private final StateDirectory state;

    StackStore(StateDirectory state) {
        this.state = state;
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Runs an action while no other operation can begin. */
    <T> T locked(StateDirectory.Action<T> action) throws IOException {
        return state.locked(action);
    }

    /**
     * Finds a stack by its name, unless it is deleted, or by its id. If the process of its operation has ended, it is
     * not in progress.
     */
    Optional<Stack> find(String nameOrId) throws IOException {
        Optional<Stack> stack = read(nameOrId);
        return isAbandoned(stack) ? locked(() -> findLocked(nameOrId)) : stack;
    }

    /** Finds a stack like {@link #find}, for a caller that holds the lock. */
    Optional<Stack> findLocked(String nameOrId) throws IOException {
        Optional<Stack> stack = read(nameOrId);
        if (isAbandoned(stack)) {
            abandon(stack.get(), "The process that worked on the stack ended before its work did");
        }
        return stack;
    }

    /** Ends a stack's operation that can't be completed. */
    void abandon(Stack stack, String reason) throws IOException {
        stack.status(ABANDONED.getOrDefault(stack.status(), stack.status()), reason);
        save(stack);
    }

    private static boolean isAbandoned(Optional<Stack> stack) {
        return stack.isPresent()
                && stack.get().isInProgress()
                && !stack.get().owner().isAlive();
    }

    private Optional<Stack> read(String nameOrId) throws IOException {
        Matcher arn = ARN.matcher(nameOrId);
        if (arn.matches()) {
            return isName(arn.group(1)) ? state.read(file(arn.group(1), arn.group(2)), Stack.class) : Optional.empty();
        }
        return isName(nameOrId)
                ? ofName(nameOrId).stream().filter(stack -> !stack.isDeleted()).findFirst()
                : Optional.empty();
    }

    private List<Stack> ofName(String name) throws IOException {
        List<Stack> stacks = new ArrayList<>();
        for (Path file : list(root().resolve(name))) {
            // Filtered by name too, because file systems may ignore the case.
            state.read(file, Stack.class)
                    .filter(stack -> stack.name().equals(name))
                    .ifPresent(stacks::add);
        }
        return stacks;
    }

    /** Returns all stacks, deleted ones included, the newest first. */
    List<Stack> list() throws IOException {
        List<Stack> stacks = new ArrayList<>();
        for (Path directory : list(root())) {
            for (Stack stack : ofName(directory.getFileName().toString())) {
                find(stack.id()).ifPresent(stacks::add);
            }
        }
        stacks.sort(Comparator.comparing(Stack::created).reversed());
        return stacks;
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Writes the current state of a stack. */
    void save(Stack stack) throws IOException {
        Path file = file(stack.name(), stack.id().substring(stack.id().lastIndexOf('/') + 1));
        state.directory("stacks/" + stack.name());
        state.write(file, stack);
    }

    /** Removes the stacks that were deleted long ago. */
    void forgetDeleted() throws IOException {
        for (Path directory : list(root())) {
            for (Path file : list(directory)) {
                Optional<Stack> stack = state.read(file, Stack.class);
                if (stack.isPresent()
                        && stack.get().isDeleted()
                        && stack.get().deleted().plus(DELETED_ARE_KEPT).isBefore(Instant.now())) {
                    Files.deleteIfExists(file);
                }
            }
            try {
                Files.deleteIfExists(directory);
            } catch (DirectoryNotEmptyException e) {
                // There are other stacks of that name.
            }
        }
    }

    private Path root() throws IOException {
        return state.directory("stacks");
    }

    private Path file(String name, String uuid) throws IOException {
        return root().resolve(name).resolve(uuid + ".json");
    }
}
