package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.session.Output;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expects a value in a stream: the first group of a regular expression, or its match where it has no group, in the first
 * line where it is found; without an expression all of the stream, trimmed.
 *
 * @param stream the stream, not null
 * @param pattern the expression, empty for all of the stream; not null
 * @param comparison the expected value, not null
 */
public record ValueOf(Stream stream, Optional<Pattern> pattern, Comparison comparison) implements Expectation {
    private static final int MAX_BYTES = 1024 * 1024;

    @Override
    public List<Violation> violations(Observation seen) throws IOException {
        return pattern.isPresent() ? found(seen, pattern.get()) : all(stream.of(seen.command()));
    }

    private List<Violation> all(Output output) {
        if (output.size() > MAX_BYTES) {
            return List.of(
                    Violation.of(stream + " has " + output.size() + " bytes, which is more than a value of 1 MB"));
        }
        return comparison.ofText(stream.toString(), output.text(MAX_BYTES).strip());
    }

    private List<Violation> found(Observation seen, Pattern regex) throws IOException {
        try (Lines lines = new Lines(stream.of(seen.command()))) {
            for (CharSequence line = lines.next(); line != null; line = lines.next()) {
                Matcher found = LineRegex.find(regex, line);
                if (found != null) {
                    String value = found.group(Math.min(1, found.groupCount()));
                    return comparison.ofText(
                            "the value of " + Text.apostrophes(regex.pattern()) + " in " + stream,
                            value == null ? "" : value);
                }
            }
        }
        return List.of(Violation.of(
                stream + " has no line that matches " + Text.apostrophes(regex.pattern()) + ", so there is no value"));
    }
}
