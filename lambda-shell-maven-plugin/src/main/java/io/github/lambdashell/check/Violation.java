package io.github.lambdashell.check;

import java.util.List;
import java.util.Objects;

/**
 * An expectation that is not met.
 *
 * @param text the violation in one line, "X is A, but expected Y"; not null
 * @param diff a unified diff by lines, empty where it adds nothing to the text; not null
 * @param hint a remedy, empty for none; not null
 * @param changes what the diff has, fact by fact; empty if it has no facts; not null
 */
public record Violation(String text, List<String> diff, String hint, List<Change> changes) {
    /**
     * A fact that is not as it was.
     *
     * @param group the group of the fact, not null
     * @param name the fact's name, not null
     * @param before null for one that is new
     * @param after null for one that is absent
     */
    public record Change(String group, String name, String before, String after) {}

    public Violation {
        Objects.requireNonNull(text);
        diff = List.copyOf(diff);
        Objects.requireNonNull(hint);
        changes = List.copyOf(changes);
    }

    /** Creates a violation that is not about facts. */
    public Violation(String text, List<String> diff, String hint) {
        this(text, diff, hint, List.of());
    }

    /** Returns a violation without diff and hint. */
    public static Violation of(String text) {
        return new Violation(text, List.of(), "", List.of());
    }
}
