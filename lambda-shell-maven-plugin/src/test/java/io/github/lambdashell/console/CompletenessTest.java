package io.github.lambdashell.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletenessTest {
    private static final int LINES = 400;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls -la /tmp",
                "echo \"$HOME\" 'a b' > out 2>&1",
                "printf 'ou%s\\n' t",
                "export A=1; cd /tmp && make",
                "sort < in | uniq -c",
                "echo a\\ b"
            })
    void aSimpleLineIsComplete(String line) {
        assertThat(Completeness.isCertain(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo 'open",
                "echo \"open",
                "cat <<END",
                "echo \\",
                "ls |",
                "true &&",
                "for i in 1 2",
                "if true",
                "f() {",
                "echo $(ls",
                "echo `ls",
                "[[ a = b &&",
                "echo ${a"
            })
    void aLineThatMayBeIncompleteIsNotCertain(String line) {
        assertThat(Completeness.isCertain(line)).isFalse();
    }

    /** Bash never needs more input for a line that is certainly complete. */
    @Test
    void bashNeverDisagrees() throws IOException, InterruptedException {
        List<String> pieces = List.of(
                "echo", " ", "a", "'", "\"", "\\", "$", "(", ")", "{", "}", "<", "<<", "E", ">", "|", "&", "&&", ";",
                "`", "#", "if", "do", "done", "case", "$a", "${a}", "[[", "]]", "=", "!", "*", "~");
        Random random = new Random(11);
        for (int i = 0; i < LINES; i++) {
            StringBuilder line = new StringBuilder("echo ");
            for (int piece = random.nextInt(8); piece >= 0; piece--) {
                line.append(pieces.get(random.nextInt(pieces.size())));
            }
            if (Completeness.isCertain(line.toString())) {
                assertThat(errorOf(line.toString()))
                        .as(line.toString())
                        .doesNotContain("unexpected end of file", "looking for matching", "here-document");
            }
        }
    }

    private static String errorOf(String line) throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-n", "-c", line);
        bash.environment().put("LC_ALL", "C");
        Process process = bash.redirectErrorStream(true).start();
        String error = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return error;
    }
}
