package io.github.lambdashell.emulator.cloudformation.resource;

import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** The names of one kind that are taken, for resources that are nothing but a name on this machine. */
final class Registry {
    private final StateDirectory state;
    private final String kind;

    /**
     * A name and whose it is.
     *
     * @param name unique in its kind
     * @param stackId of the stack that it belongs to
     */
    record Entry(String name, String stackId) {}

    /** @param kind of names, in the plural: it is a directory's name too */
    Registry(StateDirectory state, String kind) {
        this.state = state;
        this.kind = kind;
    }

    /** Takes a name, unless it is taken. */
    boolean add(String name, String stackId) throws IOException {
        return state.locked(() -> {
            if (state.read(file(name), Entry.class).isPresent()) {
                return false;
            }
            state.write(file(name), new Entry(name, stackId));
            return true;
        });
    }

    /** Gives a name of that stack back. */
    void remove(String name, String stackId) throws IOException {
        state.locked(() -> {
            Optional<Entry> entry = state.read(file(name), Entry.class);
            return entry.isPresent() && entry.get().stackId().equals(stackId) && Files.deleteIfExists(file(name));
        });
    }

    /** A name may be longer than a file's, and hold slashes. */
    private Path file(String name) throws IOException {
        UUID hash = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return state.directory(kind).resolve(hash + ".json");
    }
}
