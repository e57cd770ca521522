package io.github.lambdashell.check.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.session.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static List<String> lines(String text) throws IOException {
        List<String> all = new ArrayList<>();
        try (Lines lines = new Lines(Output.of(text))) {
            for (CharSequence line = lines.next(); line != null; line = lines.next()) {
                all.add(line.toString());
                assertThat(lines.number()).isEqualTo(all.size());
            }
        }
        return all;
    }

    @Test
    void linesEndWithANewlineACarriageReturnBeforeItOrTheEnd() throws IOException {
        assertThat(lines("")).isEmpty();
        assertThat(lines("a")).containsExactly("a");
        assertThat(lines("a\n")).containsExactly("a");
        assertThat(lines("a\r\n\nb\rc")).containsExactly("a", "", "b\rc");
    }

    @Test
    void linesAcrossChunksAreNotSplit() throws IOException {
        String line = "é".repeat(16 * 1024 - 1);

        assertThat(lines(line + "\n" + line + line + "\r\n" + line)).containsExactly(line, line + line, line);
    }

    @Test
    void aVeryLongLineIsReadFromAFile() throws IOException {
        byte[] part = new byte[1024 * 1024];
        Arrays.fill(part, (byte) 'x');
        try (Output output = new Output()) {
            for (int i = 0; i < 3 * LineBuffer.ON_HEAP; i += part.length) {
                output.write(part, 0, part.length);
            }
            byte[] end = "the end\r\nnext".getBytes(StandardCharsets.UTF_8);
            output.write(end, 0, end.length);

            try (Lines lines = new Lines(output)) {
                CharSequence line = lines.next();
                assertThat(line.length()).isEqualTo(3 * LineBuffer.ON_HEAP + "the end".length());
                assertThat(LineRegex.find(Pattern.compile("^x+the end$"), line)).isNotNull();
                assertThat(LineRegex.find(Pattern.compile("y"), line)).isNull();
                assertThat(lines.next()).hasToString("next");
                assertThat(lines.next()).isNull();
            }
        }
    }

    @Test
    void anExpressionThatTakesTooLongIsReportedWithARemedy() {
        Duration limit = Duration.ofMillis(50);

        assertThatThrownBy(() -> LineRegex.find(Pattern.compile("^((a+)\\2?)+$"), "a".repeat(60) + "b", limit))
                .isInstanceOf(ShellException.class)
                .hasMessage("The regular expression ^((a+)\\2?)+$ took longer than 50 ms in a line of 61 characters."
                        + " Rewrite it without nested repetitions such as (a+)+ or (a|b)*.");
    }

    @Test
    void anExpressionThatRecursesTooDeeplyIsReportedWithARemedy() {
        assertThatThrownBy(() -> LineRegex.find(Pattern.compile("^(a|b)*$"), "ab".repeat(500_000)))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining(
                        "The regular expression ^(a|b)*$ recurses too deeply in a line of 1000000 characters")
                .hasMessageContaining("Rewrite it");
    }
}
