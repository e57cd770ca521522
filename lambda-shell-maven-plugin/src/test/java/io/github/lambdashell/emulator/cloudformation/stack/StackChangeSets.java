package io.github.lambdashell.emulator.cloudformation.stack;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The change sets of one stack, as its file keeps them. Not thread-safe. */
public final class StackChangeSets {
    private final List<ChangeSet> changeSets;

    StackChangeSets() {
        this(List.of());
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    private StackChangeSets(List<ChangeSet> changeSets) {
        this.changeSets = new ArrayList<>(changeSets);
    }

    /** The oldest first. */
    @JsonValue
    public List<ChangeSet> all() {
        return changeSets;
    }

    Optional<ChangeSet> find(String nameOrId) {
        return changeSets.stream()
                .filter(changeSet ->
                        changeSet.name().equals(nameOrId) || changeSet.id().equals(nameOrId))
                .findFirst();
    }

    /**
     * Adds a change set, in the place of one of its name. Failed ones go then: each holds a template, and a build that
     * deploys by a change set leaves one whenever nothing has changed.
     */
    void add(ChangeSet changeSet) {
        changeSets.removeIf(
                other -> other.name().equals(changeSet.name()) || other.status().equals(ChangeSet.FAILED));
        changeSets.add(changeSet);
    }

    void remove(ChangeSet changeSet) {
        changeSets.remove(changeSet);
    }

    /** The next operation is this change set's. The others were made for what the stack was before. */
    void execute(ChangeSet changeSet) {
        clear();
        changeSets.add(changeSet.executed());
    }

    void clear() {
        changeSets.clear();
    }
}
