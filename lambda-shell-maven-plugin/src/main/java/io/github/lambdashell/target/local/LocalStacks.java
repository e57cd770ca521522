package io.github.lambdashell.target.local;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.code.FunctionPackage;
import io.github.lambdashell.target.local.function.CodePackage;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The stacks of this machine, one folder each: {@code stack.json} and the unpacked code. A stack exists when its file
 * does. Code that a build runs stays until the build ends, even if the stack is deleted or gets other code meanwhile: as
 * on Lambda, a running command finishes. Safe for use by several threads and processes.
 */
final class LocalStacks implements FunctionCatalog, AutoCloseable {
    private static final String FILE = "stack.json";
    private static final String CODE = "code-";

    private final StateDirectory state;
    /** Names of the code directories that this instance may run. */
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    /** Opens the stacks, and deletes the code that killed builds were the last to run. */
    LocalStacks(StateDirectory state) {
        this.state = state;
        deleteUnusedCode();
    }

    Optional<LocalStack> find(String name) {
        try {
            return state.read(folder(name).resolve(FILE), LocalStack.class);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    boolean exists(String name) {
        try {
            return Files.exists(folder(name).resolve(FILE));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Finds a stack to run its function: from now on its code and its logs stay until {@link #close}. */
    Optional<LocalStack> use(String name) {
        Optional<LocalStack> found = find(name);
        if (found.isEmpty() || used.contains(codeOf(found.get()))) {
            return found;
        }
        try {
            return state.locked(() -> {
                Optional<LocalStack> current = find(name);
                if (current.isPresent()) {
                    state.markUsed(codeOf(current.get()));
                    used.add(codeOf(current.get()));
                }
                return current;
            });
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static String codeOf(LocalStack stack) {
        return stack.function().codeDirectory().getFileName().toString();
    }

    /** Returns all stacks, by name. */
    @Override
    public List<FunctionDefinition> list() {
        return stacks().stream().map(LocalStack::function).toList();
    }

    List<LocalStack> stacks() {
        return folders().stream()
                .flatMap(folder -> find(folder.getFileName().toString()).stream())
                .toList();
    }

    private List<Path> folders() {
        try {
            return files(state.directory("stacks"));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
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
            Path staging = state.temporaryDirectory();
            try {
                Path unpacked = Files.createDirectory(
                        staging.resolve(CODE + stack.function().revisionId()));
                unpack(code, staging.resolve("code.zip"), unpacked);
                return state.locked(() -> install(stack, staging, unpacked));
            } finally {
                if (Files.exists(staging)) {
                    FileTree.delete(staging);
                }
            }
        } catch (IOException e) {
            throw new ShellException(
                    "Can't write the stack " + stack.name() + " to " + state.root() + ": " + e,
                    "Free some space there, or specify another directory with -Dlshell.home",
                    e);
        }
    }

    private static void unpack(FunctionPackage code, Path zip, Path target) throws IOException {
        code.writeTo(zip);
        try {
            CodePackage.unpack(zip, target);
        } catch (InvalidPackageException e) {
            throw new ShellException(
                    "The function's package is refused: " + e.getMessage(),
                    "Nothing was deployed; correct the package, or deploy the shell alone with -Dlshell.codePath=none",
                    e);
        }
        Files.delete(zip);
        FileTree.openDirectories(target);
    }

    private LocalStack install(LocalStack stack, Path staging, Path unpacked) throws IOException {
        Path folder = folder(stack.name());
        Optional<LocalStack> current = find(stack.name());
        if (current.filter(stack::hasSameFunction).isPresent()) {
            // Its code stays where it is, because another build may run it.
            LocalStack extended = stack.withFunction(current.get().function());
            state.write(folder.resolve(FILE), extended);
            return extended;
        }
        LocalStack installed = stack.withCode(folder.resolve(unpacked.getFileName()));
        if (!Files.isDirectory(folder)) {
            state.write(staging.resolve(FILE), installed);
            Files.move(staging, folder, StandardCopyOption.ATOMIC_MOVE);
            return installed;
        }
        Files.move(unpacked, installed.function().codeDirectory(), StandardCopyOption.ATOMIC_MOVE);
        state.write(folder.resolve(FILE), installed);
        deleteUnusedCode(folder);
        return installed;
    }

    /**
     * Removes a stack with its code and the function's logs; returns the stack as it was. This instance does not run it
     * any more, but other builds may.
     */
    Optional<LocalStack> remove(String name) {
        try {
            return state.locked(() -> {
                Optional<LocalStack> stack = find(name);
                if (stack.isPresent()) {
                    release(codeOf(stack.get()));
                }
                Path folder = folder(name);
                Files.deleteIfExists(folder.resolve(FILE));
                deleteUnusedCode(folder);
                return stack;
            });
        } catch (IOException e) {
            throw new ShellException(
                    "Can't remove the stack " + name + " from " + state.root() + ": " + e,
                    "Check the permissions of that directory and run lshell:teardown again",
                    e);
        }
    }

    private void release(String code) throws IOException {
        used.remove(code);
        state.unmarkUsed(code);
    }

    /** Deletes the code of a stack that is neither its current one nor used; without any, also what else was the stack's. */
    private void deleteUnusedCode(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        String name = folder.getFileName().toString();
        Optional<String> current = find(name).map(LocalStacks::codeOf);
        boolean hasCode = false;
        for (Path code : files(folder)) {
            String codeName = code.getFileName().toString();
            if (codeName.startsWith(CODE) && !current.equals(Optional.of(codeName))) {
                boolean isUsed = state.isUsed(codeName);
                hasCode |= isUsed;
                if (!isUsed) {
                    FileTree.delete(code);
                }
            }
        }
        if (current.isEmpty() && !hasCode) {
            FileTree.delete(folder);
            FileTree.delete(state.directory("logs/" + LocalStack.functionName(name)));
        }
    }

    private void deleteUnusedCode() {
        try {
            for (Path folder : folders()) {
                // A stack has its file and one directory.
                if (Files.notExists(folder.resolve(FILE)) || files(folder).size() > 2) {
                    state.locked(() -> {
                        deleteUnusedCode(folder);
                        return null;
                    });
                }
            }
        } catch (NoSuchFileException e) {
            // Another process has deleted the stack.
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Ends the use of all code, and deletes that of stacks that were deleted or updated meanwhile. */
    @Override
    public void close() {
        if (used.isEmpty()) {
            return;
        }
        try {
            for (String code : used) {
                release(code);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        deleteUnusedCode();
    }

    private Path folder(String name) throws IOException {
        return state.directory("stacks").resolve(name);
    }

    private ShellException unreadable(IOException e) {
        return new ShellException(
                "Can't read the stacks in " + state.root() + ": " + e,
                "Check the permissions of that directory, or specify another one with -Dlshell.home",
                e);
    }
}
