package io.github.lambdashell.check.run;

import io.github.lambdashell.check.Check;
import java.util.Arrays;
import java.util.List;
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
                .map(Selection::compile)
                .toList();
    }

    private static Pattern compile(String wildcards) {
        return Pattern.compile(wildcards
                .codePoints()
                .mapToObj(Character::toString)
                .map(c -> c.equals("*") ? ".*" : c.equals("?") ? "." : Pattern.quote(c))
                .collect(Collectors.joining()));
    }

    /** Returns the selected checks. */
    public List<Check> of(List<Check> checks) {
        return patterns.isEmpty()
                ? checks
                : checks.stream().filter(this::selects).toList();
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
