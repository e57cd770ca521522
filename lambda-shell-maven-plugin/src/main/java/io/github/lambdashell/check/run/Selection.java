package io.github.lambdashell.check.run;

import io.github.lambdashell.check.Capture;
import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Wildcards;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A selection of checks by patterns for their names and tags. */
public final class Selection {
    private final String only;
    private final List<Pattern> patterns;

    /** @param only patterns with {@code *} and {@code ?}, separated by commas; empty or null for all checks */
    public Selection(String only) {
        this.only = only == null ? "" : only;
        this.patterns = Arrays.stream(this.only.split(","))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .map(Wildcards::compile)
                .toList();
    }

    /** Returns the selected checks, and the earlier ones whose captures they use. */
    public List<Check> of(List<Check> checks) {
        if (patterns.isEmpty()) {
            return checks;
        }
        Set<String> used = new HashSet<>();
        Deque<Check> selected = new ArrayDeque<>();
        // A reference is always to an earlier check.
        for (int i = checks.size() - 1; i >= 0; i--) {
            Check check = checks.get(i);
            if (selects(check) || check.captures().stream().map(Capture::name).anyMatch(used::contains)) {
                used.addAll(check.references().names());
                selected.addFirst(check);
            }
        }
        return List.copyOf(selected);
    }

    /** Returns the message for a selection of no check. */
    public String nothing(List<Check> checks) {
        return "no check matches lshell.only '" + only + "'; the names are "
                + checks.stream().map(Check::name).collect(Collectors.joining(", "));
    }

    private boolean selects(Check check) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(check.name()).matches()
                        || check.tags().stream()
                                .anyMatch(tag -> pattern.matcher(tag).matches()));
    }
}
