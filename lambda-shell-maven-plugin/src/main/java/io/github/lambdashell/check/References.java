package io.github.lambdashell.check;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The references of a check to values that earlier checks capture: <code>${{version}}</code>. Maven does not replace
 * this form, YAML needs no quotes for it, and for a shell it is an error rather than something else.
 *
 * @param names the names of the captures, not null
 * @param resolver returns the check with the values, not null
 */
public record References(Set<String> names, Function<Map<String, String>, Resolved> resolver) {
    /** A reference, whose group 1 is the name. */
    public static final Pattern REFERENCE = Pattern.compile("\\$\\{\\{ *([A-Za-z_][A-Za-z0-9_]*) *}}");

    /** The beginning of a reference. */
    public static final String BEGIN = "${{";

    /** No references. */
    public static final References NONE = new References(Set.of(), values -> {
        throw new IllegalStateException("the check has no references");
    });

    /** Prefix of the environment variables that have the values for the shell. */
    private static final String VARIABLE = "LSHELL_CAPTURE_";

    public References {
        names = Set.copyOf(names);
        Objects.requireNonNull(resolver);
    }

    /**
     * A check with the values of its references.
     *
     * @param check the check, not null
     * @param problems the reasons why it can't run with them, not null
     */
    public record Resolved(Check check, List<String> problems) {
        public Resolved {
            Objects.requireNonNull(check);
            problems = List.copyOf(problems);
        }
    }

    /** Returns the references with a change of the resolved check. */
    References then(UnaryOperator<Check> change) {
        return new References(names, values -> {
            Resolved resolved = resolver.apply(values);
            return new Resolved(change.apply(resolved.check()), resolved.problems());
        });
    }

    /** Returns a text for the shell, in which references are variables: a value is never a part of the command. */
    public static String inShell(String text) {
        return REFERENCE.matcher(text).replaceAll("\\${" + VARIABLE + "$1}");
    }

    /** Returns the name of the environment variable that has a value for the shell. */
    public static String variable(String name) {
        return VARIABLE + name;
    }
}
