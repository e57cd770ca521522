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
 * Expects a stream to be a text, byte for byte in UTF-8, apart from one newline at the end of either.
 *
 * @param stream the stream, not null
 * @param text the expected text, not null
 */
public record EqualsText(Stream stream, String text) implements Expectation {
    /** The number of bytes beyond the expected length from which a message and its diff are made. */
    private static final int MAX_EXCESS = 256 * 1024;

    @Override
    public List<Violation> violations(Observation seen) throws IOException {
        Output output = stream.of(seen.command());
        String expected = withoutLast(text);
        byte[] bytes = expected.getBytes(StandardCharsets.UTF_8);
        if (isExactly(output, bytes)) {
            return List.of();
        }
        int maxBytes = MAX_EXCESS + bytes.length;
        String actual = withoutLast(output.text(maxBytes));
        if (output.size() <= maxBytes && !actual.contains("\n") && !expected.contains("\n")) {
            return List.of(
                    Violation.of(stream + " is " + Text.quote(actual) + ", but expected " + Text.quote(expected)));
        }
        TextDiff diff = TextDiff.of(lines(expected), lines(actual));
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

    /** Returns a text without one newline at its end. */
    private static String withoutLast(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** Returns a text's lines; none for an empty text. A lone carriage return does not end a line. */
    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\r?\n", -1));
    }
}
