package io.github.lambdashell.target.local;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.code.FunctionPackage;
import io.github.lambdashell.target.local.function.CodeCache;
import io.github.lambdashell.target.local.function.FunctionCatalog;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.InvalidPackageException;
import io.github.lambdashell.target.local.state.FileTree;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stacks of this machine, one folder each with the file {@code stack.json}, and their unpacked code. A stack exists
 * when its file does; the folder appears and disappears as a unit. Code that a build runs, and its function's logs, stay
 * until the build ends, even if the stack is deleted or gets other code meanwhile: as on Lambda, a running command
 * finishes. Safe for use by several threads and processes.
 */
final class LocalStacks implements FunctionCatalog, AutoCloseable {
    private static final String STACKS = "stacks";
    private static final String FILE = "stack.json";
    private static final String LOGS = "logs-";

    private final StateDirectory state;
    private final CodeCache cache;
    /** Names of the code and log directories that this instance may use. */
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    LocalStacks(StateDirectory state) {
        this.state = state;
        this.cache = new CodeCache(state);
    }

    Optional<LocalStack> find(String name) {
        try {
            return state.read(folder(name).resolve(FILE), LocalStack.class);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    boolean exists(String name) {
        return Files.exists(folder(name).resolve(FILE));
    }

    /** Returns the directory with the logs of a stack's function; it need not exist. */
    Path logs(LocalStack stack) {
        return state.root().resolve("logs").resolve(stack.function().name());
    }

    /** Finds a stack to run its function: from now on its code and its logs stay until {@link #close}. */
    Optional<LocalStack> use(String name) {
        Optional<LocalStack> found = find(name);
        if (found.isEmpty() || used.containsAll(directoriesOf(found.get()))) {
            return found;
        }
        try {
            return state.locked(() -> {
                Optional<LocalStack> current = find(name);
                if (current.isPresent()) {
                    for (String directory : directoriesOf(current.get())) {
                        if (used.add(directory)) {
                            state.markUsed(directory);
                        }
                    }
                }
                return current;
            });
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Returns the names of the directories with a function's code and with its logs. */
    private static List<String> directoriesOf(LocalStack stack) {
        return List.of(
                stack.function().codeDirectory().getFileName().toString(),
                LOGS + stack.function().name());
    }

    /** Returns all stacks, by name. */
    @Override
    public List<FunctionDefinition> list() {
        return stacks().stream().map(LocalStack::function).toList();
    }

    List<LocalStack> stacks() {
        List<String> names;
        try (Stream<Path> folders = Files.list(state.root().resolve(STACKS))) {
            names = folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw unreadable(e);
        }
        return names.stream().flatMap(name -> find(name).stream()).toList();
    }

    @Override
    public Optional<FunctionDefinition> get(String functionName) {
        return stacks().stream()
                .filter(stack -> stack.function().name().equals(functionName))
                .findFirst()
                .flatMap(stack -> use(stack.name()))
                .map(LocalStack::function);
    }

    /**
     * Creates a stack or replaces the one of its name.
     *
     * @return the stack with its code in place
     */
    LocalStack install(LocalStack stack, FunctionPackage code) {
        try {
            Optional<LocalStack> installed = state.locked(() -> {
                Optional<Path> directory = cache.find(code);
                return directory.isEmpty() ? Optional.empty() : Optional.of(install(stack, directory.get()));
            });
            if (installed.isPresent()) {
                return installed.get();
            }
            Path unpacked = cache.unpack(code);
            try {
                return state.locked(() -> {
                    // Another build may have unpacked the same meanwhile.
                    Optional<Path> directory = cache.find(code);
                    return install(stack, directory.isPresent() ? directory.get() : cache.add(code, unpacked));
                });
            } finally {
                FileTree.delete(unpacked);
            }
        } catch (InvalidPackageException e) {
            throw new ShellException(
                    "The function's package is refused: " + e.getMessage(),
                    "Nothing was deployed; correct the package, or deploy the shell alone with -Dlshell.codePath=none",
                    e);
        } catch (IOException e) {
            throw new ShellException(
                    "Can't write the stack " + stack.name() + " to " + state.root() + ": " + e,
                    "Free some space there, or specify another directory with -Dlshell.home",
                    e);
        }
    }

    private LocalStack install(LocalStack stack, Path code) throws IOException {
        Path folder = folder(stack.name());
        // The code of the same function stays where it is, because another build may run it.
        LocalStack installed = find(stack.name())
                .filter(stack::hasSameFunction)
                .map(current -> stack.withFunction(current.function()))
                .orElseGet(() -> stack.withCode(code));
        if (Files.isDirectory(folder)) {
            state.write(folder.resolve(FILE), installed);
        } else {
            Path staging = state.temporaryDirectory();
            state.write(staging.resolve(FILE), installed);
            state.directory(STACKS);
            Files.move(staging, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        clean();
        return installed;
    }

    /** Deletes code and logs that no stack has and no living process uses. */
    private void clean() throws IOException {
        List<FunctionDefinition> functions = list();
        Set<String> inUse = state.used();
        functions.forEach(
                function -> inUse.add(function.codeDirectory().getFileName().toString()));
        cache.clean(directory -> inUse.contains(directory.getFileName().toString()));
        Set<String> names = functions.stream().map(FunctionDefinition::name).collect(Collectors.toSet());
        try (Stream<Path> logs = Files.list(state.directory("logs"))) {
            for (Path log : logs.toList()) {
                String name = log.getFileName().toString();
                if (!names.contains(name) && !inUse.contains(LOGS + name)) {
                    FileTree.delete(log);
                }
            }
        }
    }

    /**
     * Removes a stack with the function's logs; returns the stack as it was. This instance does not run it any more, but
     * other builds may.
     */
    Optional<LocalStack> remove(String name) {
        try {
            return state.locked(() -> {
                Optional<LocalStack> stack = find(name);
                if (stack.isPresent()) {
                    release(directoriesOf(stack.get()));
                }
                Path folder = folder(name);
                if (Files.isDirectory(folder)) {
                    Path staging = state.temporaryDirectory();
                    Path removed = staging.resolve("removed");
                    Files.move(folder, removed, StandardCopyOption.ATOMIC_MOVE);
                    FileTree.delete(staging);
                }
                clean();
                return stack;
            });
        } catch (IOException e) {
            throw new ShellException(
                    "Can't remove the stack " + name + " from " + state.root() + ": " + e,
                    "Check the permissions of that directory and run lshell:teardown again",
                    e);
        }
    }

    private void release(Collection<String> directories) throws IOException {
        for (String directory : List.copyOf(directories)) {
            if (used.remove(directory)) {
                state.unmarkUsed(directory);
            }
        }
    }

    /** Ends the use of all code, and deletes that of stacks that were deleted or updated meanwhile. */
    @Override
    public void close() {
        if (used.isEmpty()) {
            return;
        }
        try {
            state.locked(() -> {
                release(used);
                clean();
                return null;
            });
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Path folder(String name) {
        return state.root().resolve(STACKS).resolve(name);
    }

    private ShellException unreadable(IOException e) {
        return new ShellException(
                "Can't read the stacks in " + state.root() + ": " + e,
                "Check the permissions of that directory, or specify another one with -Dlshell.home",
                e);
    }
}
