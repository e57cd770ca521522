package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.golden.Redactions;
import io.github.lambdashell.config.tree.ConfigNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Maps whose keys are names of the user's own. */
final class NamedValues {
    /** Environment variables; a null value removes one, which a POM can't express. */
    static final Value<Map<String, String>> ENVIRONMENT = map(
            "^[A-Za-z_][A-Za-z0-9_]*$",
            "must consist of letters, digits and '_', and not begin with a digit",
            "{'type': ['string', 'number', 'boolean', 'null']}",
            (node, scope) -> {
                if (node.isEmpty()) {
                    boolean removed = node.text() == null && !scope.source().pom();
                    return Optional.of(Optional.ofNullable(removed ? null : ""));
                }
                return Value.TEXT.reader().read(node.name(), node, scope).map(Optional::of);
            });

    /** Regular expressions of golden files. */
    static final Value<Redactions> REDACTIONS = map(
                    "^[A-Za-z][A-Za-z0-9_-]*$",
                    "must consist of letters, digits, '-' and '_', and begin with a letter",
                    "{'$ref': '#/$defs/regex'}",
                    (node, scope) -> {
                        if (node.isEmpty()) {
                            scope.problem(node, node.name() + " is empty; specify a regular expression");
                            return Optional.<Optional<Pattern>>empty();
                        }
                        return Value.REGEX
                                .reader()
                                .read(node.name(), node, scope)
                                .map(Optional::of);
                    })
            .map(Redactions::new);

    private NamedValues() {}

    /** Returns the kind of maps; the reader returns the value, empty for null, or nothing where it can't be used. */
    static <T> Value<Map<String, T>> map(
            String namePattern,
            String nameRule,
            String valueSchema,
            BiFunction<ConfigNode, Scope, Optional<Optional<T>>> reader) {
        Pattern form = Pattern.compile(namePattern);
        String schema = "{'type': 'object', 'minProperties': 1, 'propertyNames': {'pattern': '" + namePattern
                + "'}, 'additionalProperties': " + valueSchema + "}";
        return new Value<>(
                (word, node, scope) -> {
                    if (node.text() != null && !node.text().isBlank()) {
                        scope.problem(
                                node,
                                word + " must contain names with values, but is "
                                        + Text.apostrophes(node.text().strip()));
                    }
                    Scope inner = scope.in(word);
                    Map<String, T> values = new LinkedHashMap<>();
                    for (ConfigNode entry : node.children()) {
                        if (!form.matcher(entry.name()).matches()) {
                            inner.problem(entry, "a name " + nameRule + ", but is " + Text.apostrophes(entry.name()));
                        } else if (values.containsKey(entry.name())) {
                            inner.problem(entry, inner.repeated(entry.name()));
                        } else {
                            reader.apply(entry, inner).ifPresent(value -> values.put(entry.name(), value.orElse(null)));
                        }
                    }
                    return Optional.of(values);
                },
                null,
                schema,
                null,
                false);
    }
}
