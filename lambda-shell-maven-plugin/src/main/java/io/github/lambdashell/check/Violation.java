package io.github.lambdashell.check;

import java.util.List;
import java.util.Objects;

/**
 * An expectation that is not met.
 *
 * @param text the violation in one line, "X is A, but expected Y"; not null
 * @param diff a unified diff by lines, empty where it adds nothing to the text; not null
 * @param hint a remedy, empty for none; not null
 */
public record Violation(String text, List<String> diff, String hint) {
    public Violation {
        Objects.requireNonNull(text);
        diff = List.copyOf(diff);
        Objects.requireNonNull(hint);
    }

    /** Returns a violation without diff and hint. */
    public static Violation of(String text) {
        return new Violation(text, List.of(), "");
    }
}
