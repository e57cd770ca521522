package io.github.lambdashell.check.binding;

import static io.github.lambdashell.check.binding.Value.FLAG;
import static io.github.lambdashell.check.binding.Value.REGEX;
import static io.github.lambdashell.check.binding.Value.TEXT;
import static io.github.lambdashell.check.binding.Value.parsed;
import static io.github.lambdashell.check.binding.Value.quantity;
import static io.github.lambdashell.check.binding.Word.many;
import static io.github.lambdashell.check.binding.Word.one;
import static io.github.lambdashell.check.binding.Word.required;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.binding.Block.Limits;
import io.github.lambdashell.check.binding.Word.Term;
import io.github.lambdashell.check.expect.Contains;
import io.github.lambdashell.check.expect.EqualsText;
import io.github.lambdashell.check.expect.IsEmpty;
import io.github.lambdashell.check.expect.JsonValue;
import io.github.lambdashell.check.expect.LineCount;
import io.github.lambdashell.check.expect.Matches;
import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.check.expect.ValueOf;
import io.github.lambdashell.check.golden.EqualsFile;
import java.util.List;
import java.util.Optional;

/** The vocabulary of streams. */
final class StreamWords {
    private StreamWords() {}

    private static List<Term<?, Expectation>> terms(Stream stream) {
        return List.of(
                Term.each(
                        many("contains", TEXT, "A text that is found in it, byte by byte, also across lines."),
                        text -> new Contains(stream, text, true)),
                Term.each(
                        many("matches", REGEX, "A regular expression that is found in a line of it."),
                        regex -> new Matches(stream, regex, true)),
                Term.each(
                        many("notContains", TEXT, "A text that is not found in it."),
                        text -> new Contains(stream, text, false)),
                Term.each(
                        many("notMatches", REGEX, "A regular expression that is found in no line of it."),
                        regex -> new Matches(stream, regex, false)),
                Term.each(
                        one(
                                "lineCount",
                                Comparisons.quantitiesOr(quantity(Unit.NUMBER), Unit.NUMBER),
                                "Its number of lines."),
                        comparison -> new LineCount(stream, comparison)),
                Term.of(many(
                        "value",
                        Comparisons.compared(
                                "value",
                                "The first group of a regular expression in the first line where it is found, or"
                                        + " all of the stream without white space around it, compared.",
                                one("pattern", REGEX, "Finds the value; defaults to all of the stream."),
                                (regex, comparison) -> new ValueOf(stream, regex, comparison)),
                        "A value in it, compared.")),
                Term.of(many(
                        "jsonPath",
                        Comparisons.compared(
                                "jsonPath",
                                "A value in a JSON document, compared.",
                                required(
                                        "path",
                                        parsed("{'type': 'string', 'pattern': '^\\\\$'}", JsonValue::valid),
                                        "A JSONPath."),
                                (path, comparison) -> new JsonValue(stream, path.orElseThrow(), comparison)),
                        "A value in it, where it is one JSON document, compared.")),
                Term.each(
                        one("equals", TEXT, "All of it, apart from a newline at the end."),
                        text -> new EqualsText(stream, text)),
                Term.each(
                        one("empty", FLAG, "true where nothing is written, false where something is."),
                        expected -> new IsEmpty(stream, expected)),
                Term.each(
                        one(
                                "equalsFile",
                                parsed("{'type': 'string', 'minLength': 1}", TextFiles::golden),
                                "A golden file with all of it, relative to this file. -Dlshell.overwrite writes it."),
                        file -> new EqualsFile(stream, file.path(), file.redactions(), file.overwrite())));
    }

    /** Expectations of a stream. */
    static Value<List<Expectation>> of(Stream stream) {
        List<Term<?, Expectation>> terms = terms(stream);
        Limits limits = new Limits(1, List.of(), List.of("equals", "equalsFile", "empty"), "{}");
        Block block = new Block("stream", "Expectations of a stream.", Term.words(terms), limits);
        return Value.block(block, reader -> {
                    List<Expectation> expectations =
                            terms.stream().flatMap(term -> term.read(reader)).toList();
                    Contradictions.ofStream(expectations)
                            .forEach(problem -> reader.scope().contradiction(reader.node(), problem));
                    return Optional.of(expectations);
                })
                .orText(TEXT.map(text -> List.of(new EqualsText(stream, text))));
    }
}
