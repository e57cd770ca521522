package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Expects a match of a regular expression in a line of a stream, or in none.
 *
 * @param stream the stream, not null
 * @param pattern the expression, not null
 * @param expected whether a match is expected
 */
public record Matches(Stream stream, Pattern pattern, boolean expected) implements Expectation {
    @Override
    public List<Violation> violations(Observation seen) throws IOException {
        try (Lines lines = new Lines(stream.of(seen.command()))) {
            for (CharSequence line = lines.next(); line != null; line = lines.next()) {
                if (LineRegex.find(pattern, line) != null) {
                    return expected
                            ? List.of()
                            : List.of(Violation.of(stream + " matches " + Text.apostrophes(pattern.pattern())
                                    + " in line " + lines.number() + ", which is " + Text.quote(line)
                                    + ", but expected it not to"));
                }
            }
        }
        return expected
                ? List.of(Violation.of(stream + " has no line that matches " + Text.apostrophes(pattern.pattern())))
                : List.of();
    }
}
