package io.github.lambdashell.check.binding;

import static io.github.lambdashell.check.binding.Value.TEXT;
import static io.github.lambdashell.check.binding.Value.parsed;
import static io.github.lambdashell.check.binding.Word.many;
import static io.github.lambdashell.check.binding.Word.one;
import static io.github.lambdashell.check.binding.Word.required;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Waiver;
import io.github.lambdashell.check.When;
import io.github.lambdashell.check.binding.Block.Limits;
import io.github.lambdashell.config.LambdaRuntimes;
import io.github.lambdashell.config.RuntimeFamily;
import io.github.lambdashell.config.Suggestion;
import io.github.lambdashell.config.tree.ConfigNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The vocabulary of conditions and waivers. */
final class WhenWords {
    private static final List<String> FAMILIES = List.of("java", "nodejs", "provided", "python", "ruby", "dotnet");

    private static final Map<Word<String>, When.Fact> FACTS = facts();

    private static Map<Word<String>, When.Fact> facts() {
        Map<Word<String>, When.Fact> facts = new LinkedHashMap<>();
        facts.put(many("target", oneOf("local", "aws"), "The target is one of these."), When.Fact.TARGET);
        facts.put(
                many(
                        "runtime",
                        parsed("{'type': 'string', 'pattern': '^[a-z0-9.*?]+$'}", WhenWords::runtime),
                        "The function's runtime is one of these, in which * and ? match any text and any character."),
                When.Fact.RUNTIME);
        facts.put(
                many("architecture", oneOf("x86_64", "arm64"), "The function's architecture is one of these."),
                When.Fact.ARCHITECTURE);
        facts.put(
                many(
                        "isolation",
                        oneOf("full", "none"),
                        "The isolation from the machine is one of these; with target=aws it is full."),
                When.Fact.ISOLATION);
        return facts;
    }

    private static Value<String> oneOf(String... values) {
        List<String> known = List.of(values);
        return parsed("{'enum': ['" + String.join("', '", known) + "']}", text -> {
            if (!known.contains(text)) {
                throw new IllegalArgumentException("must be '" + String.join("' or '", known) + "', but is "
                        + Text.apostrophes(text) + Suggestion.ending(text, known, ""));
            }
            return text;
        });
    }

    private static String runtime(String text) {
        if (!text.matches("[a-z0-9.*?]+")) {
            throw new IllegalArgumentException(
                    "must be a runtime's identifier such as java21 or python*, but is " + Text.apostrophes(text));
        }
        String beginning = text.split("[*?]", 2)[0];
        boolean isWhole = beginning.equals(text);
        boolean isKnown = isWhole
                ? RuntimeFamily.isKnown(text)
                : FAMILIES.stream().anyMatch(name -> name.startsWith(beginning) || beginning.startsWith(name));
        if (!isKnown) {
            List<String> known = Stream.concat(LambdaRuntimes.javaRuntimes().stream(), FAMILIES.stream())
                    .toList();
            throw new IllegalArgumentException("must begin as a runtime of Lambda does (" + String.join(", ", FAMILIES)
                    + "), but is " + Text.apostrophes(text) + Suggestion.ending(text, known, ""));
        }
        return text;
    }

    private static final Word<Map<String, List<String>>> ENVIRONMENT = one(
            "environment",
            patterns("^[A-Za-z_][A-Za-z0-9_]*$", "must be the name of an environment variable"),
            "Environment variables of the build by name, with their values, in which * and ? match any text and any"
                    + " character.");
    private static final Word<Map<String, List<String>>> PROPERTY = one(
            "property",
            patterns("^[A-Za-z_][A-Za-z0-9_.-]*$", "must be the name of a property"),
            "Properties on Maven's command line (-D) by name, with their values, in which * and ? match any text and any"
                    + " character.");

    private static final Block CONDITIONS = new Block(
            "when",
            "Conditions under which the check runs; all must hold, and of several values of a condition one.",
            Word.concat(List.copyOf(FACTS.keySet()), List.of(ENVIRONMENT, PROPERTY)),
            Limits.NOT_EMPTY);

    /** Conditions, as far as they do not depend on the settings. */
    record Written(
            Map<When.Fact, List<String>> facts,
            Map<String, List<String>> environment,
            Map<String, List<String>> properties) {}

    /** Conditions. */
    static final Word<Written> WHEN = one(
            "when",
            Value.block(CONDITIONS, reader -> {
                Map<When.Fact, List<String>> facts = new LinkedHashMap<>();
                FACTS.forEach((word, fact) -> {
                    List<String> values = reader.all(word);
                    if (!values.isEmpty()) {
                        facts.put(fact, values);
                    }
                });
                return Optional.of(new Written(
                        facts,
                        reader.one(ENVIRONMENT).orElse(Map.of()),
                        reader.one(PROPERTY).orElse(Map.of())));
            }),
            "Reports the check as skipped unless all of these conditions hold.");

    /** Returns names with patterns, any of which may match. */
    private static Value<Map<String, List<String>>> patterns(String form, String rule) {
        String text = "{'type': ['string', 'number', 'boolean'], 'minLength': 1}";
        String schema = "{'type': 'object', 'minProperties': 1, 'propertyNames': {'pattern': '" + form
                + "'}, 'additionalProperties': {'oneOf': [" + text + ", {'type': 'array', 'items': " + text
                + ", 'minItems': 1}]}}";
        return Value.of(schema, (word, node, scope) -> {
            Scope inner = scope.in(word);
            if (node.text() != null && !node.text().isBlank()) {
                scope.problem(
                        node,
                        word + " must contain names with values, but is "
                                + Text.apostrophes(node.text().strip()));
            }
            Map<String, List<String>> patterns = new LinkedHashMap<>();
            for (ConfigNode entry : node.children()) {
                if (!entry.name().matches(form)) {
                    inner.problem(entry, "a name " + rule + ", but is " + Text.apostrophes(entry.name()));
                } else if (entry.isEmpty()) {
                    inner.problem(entry, entry.name() + " is empty; specify a value, or * for any");
                } else {
                    TEXT.reader().read(entry.name(), entry, inner).ifPresent(value -> patterns.computeIfAbsent(
                                    entry.name(), name -> new ArrayList<>())
                            .add(value));
                }
            }
            return Optional.of(patterns);
        });
    }

    /** Returns the conditions of a check. */
    static When when(BlockReader reader, Settings settings) {
        return reader.one(WHEN)
                .map(written -> new When(
                        written.facts(),
                        Stream.concat(
                                        variables(
                                                "the build's environment variable ",
                                                written.environment(),
                                                settings.environment()),
                                        variables("the property ", written.properties(), settings.properties()))
                                .toList()))
                .orElse(When.ALWAYS);
    }

    private static Stream<When.Variable> variables(
            String kind, Map<String, List<String>> patterns, Map<String, String> values) {
        return patterns.entrySet().stream()
                .map(entry -> new When.Variable(
                        kind + entry.getKey(), entry.getValue(), Optional.ofNullable(values.get(entry.getKey()))));
    }

    private static final Word<LocalDate> UNTIL = required(
            "until",
            parsed(
                    "{'type': 'string', 'pattern': '^\\\\d{4}-\\\\d{2}-\\\\d{2}$'}",
                    text -> {
                        try {
                            return LocalDate.parse(text);
                        } catch (DateTimeException e) {
                            throw new IllegalArgumentException(
                                    "must be a date such as 2027-01-31, but is " + Text.apostrophes(text), e);
                        }
                    }),
            "The last day, in UTC, such as 2027-01-31.");
    private static final Word<String> REASON = required("reason", TEXT, "The reason, for the reports.");

    /** A waiver. */
    static final Word<Waiver> WAIVE = one(
            "waive",
            Value.block(
                    new Block("waive", "A waiver of a failure.", List.of(UNTIL, REASON), Limits.NONE),
                    reader -> reader.one(UNTIL).flatMap(until -> reader.one(REASON)
                            .map(reason ->
                                    new Waiver(until, reason.strip().lines().collect(Collectors.joining(" ")))))),
            "Reports a failure as a warning until the end of a day.");

    private WhenWords() {}
}
