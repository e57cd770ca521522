package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expects a value in a stream: the first group of a regular expression, or its match where it has no group, in the first
 * line where it is found.
 *
 * @param stream the stream, not null
 * @param pattern the expression, not null
 * @param comparison the expected value, not null
 */
public record ValueOf(Stream stream, Pattern pattern, Comparison comparison) implements Expectation {
    @Override
    public List<Violation> violations(Observation seen) throws IOException {
        try (Lines lines = new Lines(stream.of(seen.command()))) {
            for (CharSequence line = lines.next(); line != null; line = lines.next()) {
                Matcher found = LineRegex.find(pattern, line);
                if (found != null) {
                    String value = found.group(Math.min(1, found.groupCount()));
                    return comparison.ofText(
                            "the value of " + Text.apostrophes(pattern.pattern()) + " in " + stream,
                            value == null ? "" : value);
                }
            }
        }
        return List.of(Violation.of(stream + " has no line that matches " + Text.apostrophes(pattern.pattern())
                + ", so there is no value"));
    }
}
