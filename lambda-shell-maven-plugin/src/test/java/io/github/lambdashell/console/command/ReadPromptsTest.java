package io.github.lambdashell.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The prompts of {@code read -p}, whose input is a pipe with the lines 1 and 2. */
class ReadPromptsTest {
    private static String run(String command) throws IOException, InterruptedException {
        Map<String, String> prompts = ReadPrompts.environment(command).orElse(Map.of());
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "printf '1\\n2\\n' | bash -c \"$0\"", command);
        builder.redirectErrorStream(true).environment().putAll(prompts);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "read -p \"Name? \" x; echo $x#Name? 1",
                "read -rp Name: x; echo $x#Name:1",
                "IFS=, read -r -t 5 -p \"a, b? \" a b; echo $a#a, b? 1",
                "read -p\"go? \"; echo $REPLY#go? 1",
                "x=Name; printf 'first, '; read -p \"$x? \" x; echo $x#first, Name? 1",
                "set -eu; for i in a b; do read -p \"$i? \" x; printf $x; done#a? 1b? 2",
                "ask() { local x; read -p 'x? ' x; printf $x; }; ask; echo ${x-unset}#x? 1unset",
                "bash -c 'read -p \"x? \" x; echo $x'#x? 1",
            })
    void aPromptIsShown(String command, String shown) throws Exception {
        assertThat(run(command).stripTrailing()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read -p no x < /etc/passwd",
                "exec 3< /etc/passwd; read -u 3 -p no x",
                "sh -c 'read x' -p",
            })
    void nothingElseIsShown(String command) throws Exception {
        assertThat(run(command)).doesNotContain("no");
    }

    @Test
    void commandsWithoutPromptsStayAsTheyAre() {
        assertThat(ReadPrompts.environment("read x; rm -p")).isEmpty();
        assertThat(ReadPrompts.environment("spread -p x")).isEmpty();
        assertThat(ReadPrompts.environment("read " + "-r a ".repeat(20_000) + "<"))
                .isEmpty();
    }
}
