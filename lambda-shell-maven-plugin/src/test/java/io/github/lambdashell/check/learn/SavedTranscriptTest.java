package io.github.lambdashell.check.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.expect.Stream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The transcripts that {@code :save} writes. */
class SavedTranscriptTest {
    private static String output(SavedTranscript.Entry command) {
        return new String(command.ran().output().get(Stream.OUTPUT), StandardCharsets.UTF_8);
    }

    @Test
    void commandsHaveTheirOutputAndExitCode() {
        SavedTranscript transcript = SavedTranscript.read("""
                $ uname -s
                Linux
                $ for i in 1 2
                > do echo $i; done
                1
                2
                $ false
                [exit code 1]
                $ cat big
                a
                [more output was omitted here]
                """);

        assertThat(transcript.omitted()).isEmpty();
        assertThat(transcript.commands())
                .extracting(SavedTranscript.Entry::typed)
                .containsExactly("uname -s", "for i in 1 2\ndo echo $i; done", "false", "cat big");
        assertThat(transcript.commands().stream().map(SavedTranscriptTest::output))
                .containsExactly("Linux\n", "1\n2\n", "", "a\n");
        assertThat(transcript.commands().get(2).ran().exitCode()).isEqualTo(1);
        assertThat(transcript.commands().get(3).ran().cut()).isTrue();
    }

    @Test
    void whatChangesTheShellBeginsTheCommandsAfterIt() {
        SavedTranscript transcript = SavedTranscript.read("""
                $ cd /tmp
                $ export A=1 && cd /no
                bash: cd: /no: No such file or directory
                [exit code 1]
                $ pwd
                /tmp
                """);

        assertThat(transcript.commands().get(1).typed()).isEqualTo("pwd");
        assertThat(transcript.commands().get(1).ran().command()).isEqualTo("cd /tmp\npwd");
        assertThat(transcript.omitted())
                .containsExactly("cd /tmp: changes the shell; the commands after it begin with it");
    }

    @Test
    void commandsThatNoCheckCanRunAreLeftOutWithTheReason() {
        assertThat(SavedTranscript.read("$ :check writable /tmp\nok - /tmp is writable\n$ sleep 9\n[exit code 130]\n")
                        .omitted())
                .containsExactly(":check writable /tmp: a command of the prompt", "sleep 9: Ctrl-C ended it");
        assertThat(SavedTranscript.read("no transcript\n").commands()).isEmpty();
        assertThat(SavedTranscript.read("").commands()).isEmpty();
    }
}
