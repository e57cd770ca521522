package io.github.lambdashell.emulator.function;

import io.github.lambdashell.target.local.function.FunctionCatalog;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The deployed functions, one JSON file each. Safe for use by several threads and several processes: the next {@link
 * #get} returns another process's change.
 */
public final class FunctionStore implements FunctionCatalog {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String SUFFIX = ".json";

    private final StateDirectory state;
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();
    private volatile Consumer<String> deletions = name -> {};

    /** A definition with the identity of the file that it was read from. */
    private record Cached(Object fileKey, FileTime modified, FunctionDefinition definition) {
        boolean isOf(BasicFileAttributes attributes) {
            return Objects.equals(fileKey, attributes.fileKey()) && modified.equals(attributes.lastModifiedTime());
        }
    }

    public FunctionStore(StateDirectory state) {
        this.state = state;
    }

    /** Returns a function. Fast enough for every invocation, because an unchanged file is not read again. */
    @Override
    public Optional<FunctionDefinition> get(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Path file = file(name);
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            cache.remove(name);
            return Optional.empty();
        }
        Cached cached = cache.get(name);
        if (cached != null && cached.isOf(attributes)) {
            return Optional.of(cached.definition());
        }
        Optional<FunctionDefinition> definition = state.read(file, FunctionDefinition.class);
        definition.ifPresent(
                read -> cache.put(name, new Cached(attributes.fileKey(), attributes.lastModifiedTime(), read)));
        return definition;
    }

    @Override
    public List<FunctionDefinition> list() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(state.directory("functions"))) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
        List<FunctionDefinition> functions = new ArrayList<>();
        for (String name : names) {
            get(name).ifPresent(functions::add);
        }
        return functions;
    }

    /** Creates or replaces a function. */
    public void put(FunctionDefinition function) throws IOException {
        if (!NAME.matcher(function.name()).matches()) {
            throw new IllegalArgumentException("no function's name: " + function.name());
        }
        state.directory("functions");
        state.write(file(function.name()), function);
    }

    /**
     * Deletes a function; its code remains.
     *
     * @return whether it existed
     */
    public boolean delete(String name) throws IOException {
        cache.remove(name);
        boolean deleted = NAME.matcher(name).matches() && Files.deleteIfExists(file(name));
        if (deleted) {
            deletions.accept(name);
        }
        return deleted;
    }

    /**
     * Sets the listener for functions that this store deletes.
     *
     * @param listener receives the function's name
     */
    public void onDelete(Consumer<String> listener) {
        deletions = listener;
    }

    private Path file(String name) {
        return state.root().resolve("functions").resolve(name + SUFFIX);
    }
}
