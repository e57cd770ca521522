package io.github.lambdashell.check.binding;

import static io.github.lambdashell.check.binding.Value.REGEX;
import static io.github.lambdashell.check.binding.Value.parsed;
import static io.github.lambdashell.check.binding.Word.one;

import io.github.lambdashell.check.Capture;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.binding.Block.Limits;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.JsonValue;
import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.check.expect.ValueOf;
import io.github.lambdashell.config.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The vocabulary of captures: values of a check that later checks can use. */
final class CaptureWords {
    /** Streams of a command, the default first. */
    private static final List<String> OF_COMMAND = List.of("stdout", "stderr", "output");

    /** Streams of an event, the default first. */
    private static final List<String> OF_EVENT = List.of("response", "log");

    private static final Word<String> FROM = one(
            "from",
            parsed("{'enum': ['stdout', 'stderr', 'output', 'response', 'log']}", text -> text),
            "The stream; defaults to stdout, of an event to response.");
    private static final Word<Pattern> PATTERN =
            one("pattern", REGEX, "Finds the value: its first group, or all of its match where it has no group.");
    private static final Word<String> JSON_PATH = one(
            "jsonPath", parsed("{'type': 'string', 'pattern': '^\\\\$'}", JsonValue::valid), "The value's JSONPath.");

    /** A value to capture. */
    static final Block BLOCK = new Block(
            "capture",
            "A value in the output; without pattern and jsonPath all of it without white space around it.",
            List.of(FROM, PATTERN, JSON_PATH),
            new Limits(1, List.of(), List.of("pattern", "jsonPath"), "{}"));

    /** The parts of a capture, as written. */
    record Source(Optional<String> from, Optional<Pattern> pattern, Optional<String> jsonPath) {}

    private static final Value<Source> SOURCE = Value.block(
            BLOCK, reader -> Optional.of(new Source(reader.one(FROM), reader.one(PATTERN), reader.one(JSON_PATH))));

    /** Captures by name. */
    static final Word<Map<String, Source>> CAPTURE = one(
            "capture",
            NamedValues.map(
                    "^[A-Za-z_][A-Za-z0-9_]*$",
                    "must consist of letters, digits and '_', and not begin with a digit",
                    "{'$ref': '#/$defs/capture'}",
                    (node, scope) -> {
                        if (node.isEmpty()) {
                            scope.problem(node, node.name() + " is empty; specify pattern, jsonPath or from");
                            return Optional.<Optional<Source>>empty();
                        }
                        return SOURCE.reader().read(node.name(), node, scope).map(Optional::of);
                    }),
            "Values in the output by name, which later checks use as ${{name}}.");

    private CaptureWords() {}

    /** Returns the captures of a check. */
    static List<Capture> captures(BlockReader reader) {
        List<String> streams = reader.has(EventWords.EVENT) ? OF_EVENT : OF_COMMAND;
        return reader.one(CAPTURE).orElse(Map.of()).entrySet().stream()
                .map(entry -> new Capture(entry.getKey(), source(reader, streams, entry.getKey(), entry.getValue())))
                .toList();
    }

    private static Capture.Source source(BlockReader reader, List<String> streams, String name, Source written) {
        String from = written.from().orElse(streams.get(0));
        if (!streams.contains(from)) {
            String suggestion = Suggestion.ending(from, streams, "");
            Scope scope = reader.scope().in("capture").in(name);
            scope.problem(
                    reader.node(),
                    "from must be " + String.join(" or ", streams) + ", but is " + Text.apostrophes(from) + suggestion);
            return seen -> "";
        }
        Stream stream = Stream.valueOf(from.toUpperCase(Locale.ROOT));
        Comparison none = new Comparison(List.of());
        return written.jsonPath()
                .<Capture.Source>map(path -> new JsonValue(stream, path, none)::value)
                .orElse(new ValueOf(stream, written.pattern(), none)::value);
    }
}
