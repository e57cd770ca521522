package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.session.Output;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A stream is a text, byte for byte in UTF-8, save one newline at the end of either.
 *
 * @param stream which, not null
 * @param text what it should be, not null
 */
public record EqualsText(Stream stream, String text) implements Expectation {
    /** A message and its diff are made from so many bytes of a stream beyond the length of what was expected. */
    private static final int SHOWN = 256 * 1024;

    @Override
    public List<Violation> violations(Observation seen) throws IOException {
        Output output = stream.of(seen.command());
        String expected = Newlines.withoutLast(text);
        byte[] bytes = expected.getBytes(StandardCharsets.UTF_8);
        if (isExactly(output, bytes)) {
            return List.of();
        }
        int most = SHOWN + bytes.length;
        String actual = Newlines.withoutLast(output.text(most));
        if (output.size() <= most && !actual.contains("\n") && !expected.contains("\n")) {
            return List.of(
                    Violation.of(stream + " is " + Text.quote(actual) + ", but expected " + Text.quote(expected)));
        }
        TextDiff diff = TextDiff.of(Newlines.lines(expected), Newlines.lines(actual));
        return List.of(new Violation(stream + " is not the expected text" + diff.summary(), diff.unified(), ""));
    }

    private static boolean isExactly(Output output, byte[] expected) throws IOException {
        if (output.size() < expected.length || output.size() > expected.length + 2) {
            return false;
        }
        try (InputStream in = output.open()) {
            byte[] actual = in.readAllBytes();
            String rest =
                    new String(actual, expected.length, actual.length - expected.length, StandardCharsets.ISO_8859_1);
            return Arrays.equals(actual, 0, expected.length, expected, 0, expected.length)
                    && (rest.isEmpty() || rest.equals("\n") || rest.equals("\r\n"));
        }
    }
}
