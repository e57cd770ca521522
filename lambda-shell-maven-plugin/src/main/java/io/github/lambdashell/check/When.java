package io.github.lambdashell.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The conditions under which a check runs. All must hold; of the patterns of a condition, one must match.
 *
 * @param facts patterns for facts of the run, not null
 * @param variables variables of the build, not null
 */
public record When(Map<Fact, List<String>> facts, List<Variable> variables) {
    /** No conditions. */
    public static final When ALWAYS = new When(Map.of(), List.of());

    public When {
        facts = Map.copyOf(facts);
        variables = List.copyOf(variables);
    }

    /** The facts of a run. */
    public enum Fact {
        /** The target. */
        TARGET,
        /** The function's runtime. */
        RUNTIME,
        /** The function's architecture. */
        ARCHITECTURE,
        /** The isolation level: that of AWS is {@code full}. */
        ISOLATION;

        private String of(RunEnvironment environment) {
            return switch (this) {
                case TARGET -> environment.target();
                case RUNTIME -> environment.runtime();
                case ARCHITECTURE -> environment.architecture();
                case ISOLATION -> environment.isolation().orElse("full").split(",", 2)[0];
            };
        }
    }

    /**
     * A variable of the build.
     *
     * @param name its kind and its name, for a person; not null
     * @param patterns patterns for its value, not null
     * @param value its value when the checks were read, empty when it is not set; not null
     */
    public record Variable(String name, List<String> patterns, Optional<String> value) {
        public Variable {
            Objects.requireNonNull(name);
            patterns = List.copyOf(patterns);
            Objects.requireNonNull(value);
        }

        /** Returns why the condition does not hold, without the value, which may be a secret. */
        private Optional<String> unmet() {
            if (value.filter(set -> matches(patterns, set)).isPresent()) {
                return Optional.empty();
            }
            return Optional.of(name + " is not " + (value.isPresent() ? anyOf(patterns) : "set"));
        }
    }

    /** Returns these conditions with other patterns for a fact. */
    public When and(Fact fact, List<String> patterns) {
        Map<Fact, List<String>> all = new HashMap<>(facts);
        all.put(fact, patterns);
        return new When(all, variables);
    }

    /** Returns whether a fact does not keep the check from running. */
    public boolean allows(Fact fact, String value) {
        return !facts.containsKey(fact) || matches(facts.get(fact), value);
    }

    /**
     * Returns why the check does not run, as far as it is known before any function has run.
     *
     * @return empty if it may run
     */
    public Optional<String> unmetBefore(RunEnvironment environment) {
        return unmet(environment, false);
    }

    /** Returns why the check does not run; empty if it runs. */
    public Optional<String> unmet(RunEnvironment environment) {
        return unmet(environment, true);
    }

    private Optional<String> unmet(RunEnvironment environment, boolean isIsolationKnown) {
        List<String> unmet = new ArrayList<>();
        for (Fact fact : Fact.values()) {
            String value = fact.of(environment);
            if ((fact != Fact.ISOLATION || isIsolationKnown) && !allows(fact, value)) {
                unmet.add(fact.name().toLowerCase(Locale.ROOT) + " is " + value + ", not " + anyOf(facts.get(fact)));
            }
        }
        variables.forEach(variable -> variable.unmet().ifPresent(unmet::add));
        return unmet.isEmpty() ? Optional.empty() : Optional.of("when: " + String.join("; ", unmet));
    }

    private static boolean matches(List<String> patterns, String value) {
        return patterns.stream()
                .anyMatch(pattern -> Wildcards.compile(pattern).matcher(value).matches());
    }

    private static String anyOf(List<String> patterns) {
        return patterns.stream().map(Text::line).collect(Collectors.joining(" or "));
    }
}
