package io.github.lambdashell.check.run;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.config.ShellException;
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

    /**
     * The checks that run.
     *
     * @throws ShellException when none does
     */
    public List<Check> of(List<Check> checks) {
        if (patterns.isEmpty()) {
            return checks;
        }
        List<Check> selected = checks.stream().filter(this::selects).toList();
        if (selected.isEmpty()) {
            throw new ShellException(
                    "lshell.only is \"" + only + "\", but no command has such a name or tag",
                    "The names are " + checks.stream().map(Check::name).collect(Collectors.joining(", ")));
        }
        return selected;
    }

    private boolean selects(Check check) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(check.name()).matches()
                        || check.tags().stream()
                                .anyMatch(tag -> pattern.matcher(tag).matches()));
    }
}
