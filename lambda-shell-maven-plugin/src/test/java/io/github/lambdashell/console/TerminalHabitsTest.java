package io.github.lambdashell.console;

import static org.assertj.core.api.Assertions.assertThat;

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
}
