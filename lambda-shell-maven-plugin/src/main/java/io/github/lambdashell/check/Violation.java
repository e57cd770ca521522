package io.github.lambdashell.check;

import java.util.List;
import java.util.Objects;

/**
 * One thing that did not hold.
 *
 * @param text says it in one line, "X is A, but expected Y"; not null
 * @param diff unified, line by line, empty where a diff says no more than the text; not null
 * @param hint what mends it, empty when nothing in general does; not null
 */
public record Violation(String text, List<String> diff, String hint) {
    public Violation {
        Objects.requireNonNull(text);
        diff = List.copyOf(diff);
        Objects.requireNonNull(hint);
    }

    /** One that its text says in full. */
    public static Violation of(String text) {
        return new Violation(text, List.of(), "");
    }
}
