package io.github.lambdashell.check.run;

import io.github.lambdashell.check.Check;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which checks run: those whose name or tag fits one of some patterns. */
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

    /** The checks that run; none when none has such a name or tag. */
    public List<Check> of(List<Check> checks) {
        return patterns.isEmpty()
                ? checks
                : checks.stream().filter(this::selects).toList();
    }

    /** Says that none of some checks runs. */
    public String nothing(List<Check> checks) {
        return "lshell.only is \"" + only + "\", but no command has such a name or tag; the names are "
                + checks.stream().map(Check::name).collect(Collectors.joining(", "));
    }

    private boolean selects(Check check) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(check.name()).matches()
                        || check.tags().stream()
                                .anyMatch(tag -> pattern.matcher(tag).matches()));
    }
}
