package io.github.lambdashell.check.binding;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.lambdashell.check.References;
import io.github.lambdashell.config.tree.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of a command that have references to captured values. In the texts for the shell they become variables, so
 * these are left as they are here.
 */
final class ReferenceTexts {
    private static final Set<String> SHELL = Set.of("run", "setup", "teardown");
    private static final Set<String> PLAIN = Set.of("stdin", "workingDirectory", "environmentVariables");
    private static final Set<String> STREAMS =
            Set.of("stdout", "stderr", "output", "response", "log", "type", "message", "stackTrace");
    private static final Set<String> OF_STREAMS = Set.of(
            "contains",
            "notContains",
            "matches",
            "notMatches",
            "equals",
            "pattern",
            "versionRange",
            "gt",
            "ge",
            "lt",
            "le");
    private static final Set<String> OF_FILES = Set.of("path", "contains", "owner", "group");
    private static final Set<String> REGULAR_EXPRESSIONS = Set.of("matches", "notMatches", "pattern");
    private static final Pattern SPECIAL = Pattern.compile("[\\p{ASCII}&&[^A-Za-z0-9_]]");

    /** A value that is a text, a number, a version, and JSON. */
    private static final String EXAMPLE = "1";

    private ReferenceTexts() {}

    /**
     * A reference.
     *
     * @param name the name of the capture
     * @param text the place and the element that has it, for messages
     */
    record Found(String name, String text) {}

    /** Returns the references of a command; notes those that can't be used. */
    static List<Found> find(ConfigNode command, Scope scope) {
        List<Found> found = new ArrayList<>();
        for (ConfigNode child : command.children()) {
            find(child, List.of(child.name()), scope, found);
        }
        return found;
    }

    private static void find(ConfigNode node, List<String> path, Scope scope, List<Found> found) {
        if (node.text() != null && node.text().contains(References.BEGIN)) {
            if (allowsReferences(node, path)) {
                find(node, scope, found);
            } else {
                scope.problem(
                        node,
                        node.name() + " must not contain a reference ${{...}}; use it in run, setup, teardown, stdin,"
                                + " workingDirectory, environmentVariables, an inline event, or a text that is expected");
            }
        }
        for (ConfigNode child : node.children()) {
            List<String> inner = new ArrayList<>(path);
            inner.add(child.name());
            find(child, inner, scope.in(node.name()), found);
        }
    }

    private static void find(ConfigNode node, Scope scope, List<Found> found) {
        Matcher reference = References.REFERENCE.matcher(node.text());
        if (reference.replaceAll("").contains(References.BEGIN)) {
            scope.problem(
                    node,
                    node.name() + " contains ${{ without the name of a capture; write a reference as ${{version}}");
        }
        String text = scope.where(node) + ": " + node.name();
        reference.reset().results().forEach(result -> found.add(new Found(result.group(1), text)));
    }

    private static boolean allowsReferences(ConfigNode node, List<String> path) {
        String first = path.get(0);
        String last = path.get(path.size() - 1);
        if (SHELL.contains(first) || PLAIN.contains(first)) {
            return true;
        }
        if (EventWords.JSON_KEYS.contains(first)) {
            return path.size() == 1 ? isJson(node.text()) : last.equals("value");
        }
        if (first.equals("files")) {
            return OF_FILES.contains(last);
        }
        return (STREAMS.contains(first) || first.equals("error"))
                && (STREAMS.contains(last) || OF_STREAMS.contains(last))
                && !path.contains("lineCount");
    }

    private static boolean isJson(String text) {
        return text.strip().matches("(?s)[{\\[\"].*");
    }

    /** Returns the command with an example in place of each reference. */
    static ConfigNode withExamples(ConfigNode command) {
        return insert(command, (node, name) -> node.name().equals("workingDirectory") ? "/" + EXAMPLE : EXAMPLE);
    }

    /** Returns the command with the values of the references. */
    static ConfigNode with(Map<String, String> values, ConfigNode command) {
        return insert(command, (node, name) -> encoded(node, values.get(name)));
    }

    private static ConfigNode insert(ConfigNode command, BiFunction<ConfigNode, String, String> value) {
        List<ConfigNode> children = command.children().stream()
                .map(child -> SHELL.contains(child.name()) ? child : inserted(child, value))
                .toList();
        return new ConfigNode(command.name(), command.text(), children, command.place());
    }

    private static ConfigNode inserted(ConfigNode node, BiFunction<ConfigNode, String, String> value) {
        String text = node.text() == null
                ? null
                : References.REFERENCE
                        .matcher(node.text())
                        .replaceAll(found -> Matcher.quoteReplacement(value.apply(node, found.group(1))));
        List<ConfigNode> children =
                node.children().stream().map(child -> inserted(child, value)).toList();
        return new ConfigNode(node.name(), text, children, node.place());
    }

    /** Returns a value as a part of a text that may be a regular expression or JSON. */
    private static String encoded(ConfigNode node, String value) {
        if (REGULAR_EXPRESSIONS.contains(node.name())) {
            return SPECIAL.matcher(value).replaceAll("\\\\$0");
        }
        return EventWords.JSON_KEYS.contains(node.name())
                ? new String(JsonStringEncoder.getInstance().quoteAsString(value))
                : value;
    }
}
