package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * Expects a text in a stream, or not. It is compared byte by byte in UTF-8, also across lines.
 *
 * @param stream the stream, not null
 * @param text the text, not empty
 * @param expected whether it is expected
 */
public record Contains(Stream stream, String text, boolean expected) implements Expectation {
    @Override
    public List<Violation> violations(Observation seen) throws IOException {
        OptionalLong line;
        try (InputStream in = stream.of(seen.command()).open()) {
            line = new ByteSearch(text.getBytes(StandardCharsets.UTF_8)).lineOfFirst(in);
        }
        if (line.isPresent() == expected) {
            return List.of();
        }
        return List.of(Violation.of(
                expected
                        ? stream + " does not contain " + Text.quote(text)
                        : stream + " contains " + Text.quote(text) + " in line " + line.getAsLong()
                                + ", but expected it not to"));
    }
}
