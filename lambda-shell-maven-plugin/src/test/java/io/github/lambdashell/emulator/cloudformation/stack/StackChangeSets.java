package io.github.lambdashell.emulator.cloudformation.stack;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The change sets of one stack, as its file stores them. Not safe for use by several threads. */
public final class StackChangeSets {
    private final List<ChangeSet> changeSets;

    StackChangeSets() {
        this(List.of());
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    private StackChangeSets(List<ChangeSet> changeSets) {
        this.changeSets = new ArrayList<>(changeSets);
    }

    /** Returns all change sets, the oldest first. */
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
     * Adds a change set, or replaces the one of its name. Failed ones are removed: each contains a template, and a
     * build that deploys with change sets leaves one whenever nothing has changed.
     */
    void add(ChangeSet changeSet) {
        changeSets.removeIf(
                other -> other.name().equals(changeSet.name()) || other.status().equals(ChangeSet.FAILED));
        changeSets.add(changeSet);
    }

    void remove(ChangeSet changeSet) {
        changeSets.remove(changeSet);
    }

    /** Marks a change set as executed, and removes the others, which were created for the previous state. */
    void execute(ChangeSet changeSet) {
        clear();
        changeSets.add(changeSet.executed());
    }

    void clear() {
        changeSets.clear();
    }
}
