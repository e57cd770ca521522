package io.github.lambdashell.emulator.cloudformation.resource;

import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** The names in use of one kind, for resources that consist only of a name on this machine. */
final class Registry {
    private final StateDirectory state;
    private final String kind;

    /**
     * A name and its owner.
     *
     * @param name unique among its kind
     * @param stackId id of the stack that owns it
     */
    record Entry(String name, String stackId) {}

    /**
     * Creates a registry.
     *
     * @param kind kind of names in the plural, also the name of the directory
     */
    Registry(StateDirectory state, String kind) {
        this.state = state;
        this.kind = kind;
    }

    /** Adds a name; returns false if it is in use. */
    boolean add(String name, String stackId) throws IOException {
        return state.locked(() -> {
            if (state.read(file(name), Entry.class).isPresent()) {
                return false;
            }
            state.write(file(name), new Entry(name, stackId));
            return true;
        });
    }

    /** Removes a name of the given stack. */
    void remove(String name, String stackId) throws IOException {
        state.locked(() -> {
            Optional<Entry> entry = state.read(file(name), Entry.class);
            return entry.isPresent() && entry.get().stackId().equals(stackId) && Files.deleteIfExists(file(name));
        });
    }

    /** Returns the file of a name, which may be too long for a file's name, or contain slashes. */
    private Path file(String name) throws IOException {
        UUID hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return state.directory(kind).resolve(hash + ".json");
    }
}
