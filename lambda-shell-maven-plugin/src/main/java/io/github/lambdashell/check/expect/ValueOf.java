package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.NoValueException;
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
        try {
            return comparison.ofText(
                    pattern.map(regex -> "the value of " + Text.apostrophes(regex.pattern()) + " in " + stream)
                            .orElse(stream.toString()),
                    value(seen));
        } catch (NoValueException e) {
            return List.of(Violation.of(e.getMessage()));
        }
    }

    /**
     * Returns the value.
     *
     * @throws NoValueException when there is none
     */
    public String value(Observation seen) throws NoValueException, IOException {
        Output output = stream.of(seen.command());
        return pattern.isPresent() ? found(output, pattern.get()) : all(output);
    }

    private String all(Output output) throws NoValueException {
        if (output.size() > MAX_BYTES) {
            throw new NoValueException(stream + " has " + output.size() + " bytes, which is more than a value of 1 MB");
        }
        return output.text(MAX_BYTES).strip();
    }

    private String found(Output output, Pattern regex) throws NoValueException, IOException {
        try (Lines lines = new Lines(output)) {
            for (CharSequence line = lines.next(); line != null; line = lines.next()) {
                Matcher found = LineRegex.find(regex, line);
                if (found != null) {
                    String value = found.group(Math.min(1, found.groupCount()));
                    return value == null ? "" : value;
                }
            }
        }
        throw new NoValueException(
                stream + " has no line that matches " + Text.apostrophes(regex.pattern()) + ", so there is no value");
    }
}
