package io.github.lambdashell.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that expect a terminal. */
class TerminalHabitsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "top # use top -b -n 1",
                " top -d 5 # use top -b -n 1",
                "vi /tmp/x # use :get, edit the file",
                "less README.md # use cat, head or tail",
                "watch -n 1 ls # use :watch SECONDS COMMAND",
                "man bash # use COMMAND --help",
                "sudo ls /root # leave out sudo",
            })
    void aFullScreenProgramGetsALineThatSaysWhatToUseInstead(String line, String instead) {
        assertThat(TerminalHabits.advice(line)).hasValueSatisfying(advice -> assertThat(advice)
                .contains(instead)
                .contains("\\" + line.strip().split(" ")[0] + " runs it anyway"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "top -b -n 1",
                "top -bn1",
                "top | head",
                "ls | less",
                "less < file",
                "\\vi x",
                "vim --version",
                "echo top",
                "topper",
                "top=1",
                "watchdog",
                "cd /tmp; top",
            })
    void otherCommandsRun(String line) {
        assertThat(TerminalHabits.advice(line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "read -p \"Name? \" x#Name? ",
                "read -p 'Name? ' x; echo $x#Name? ",
                "read -rp Name: x#Name:",
                " IFS=, read -r -t 5 -p \"a, b? \" a b#a, b? ",
                "read -p\"go? \"#go? ",
            })
    void thePromptOfReadIsFound(String line, String prompt) {
        assertThat(TerminalHabits.readPrompt(line)).contains(prompt);
    }

    /** The shell would expand it, show it later, or not at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "read -p \"$USER? \" x",
                "read x",
                "echo a; read -p b c",
                "read -p b c < file",
                "reader -p b",
                "read x -p",
            })
    void otherPromptsAreNotShown(String line) {
        assertThat(TerminalHabits.readPrompt(line)).isEmpty();
    }

    @Test
    void aLongLineTakesNoTime() {
        assertThat(TerminalHabits.readPrompt("read " + "-r a ".repeat(20_000) + "<"))
                .isEmpty();
    }
}
