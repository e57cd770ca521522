package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.check.learn.CommandsFile;
import io.github.lambdashell.report.PlainLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of a saved session. */
class LearnChecksTest {
    @TempDir
    private Path directory;

    private final List<String> log = new ArrayList<>();
    private CommandsFile file;

    @BeforeEach
    void place() {
        file = new CommandsFile(directory.resolve("commands.yaml"), false, Optional.empty(), directory, List.of());
    }

    private void learn(String transcript) throws IOException {
        Path saved = Files.writeString(directory.resolve("session.txt"), transcript);
        LearnChecks.run(saved, file, "lshell-orders", new PlainLog(log::add));
    }

    @Test
    void theLogHasTheNumberOfChecksAndWhatWasLeftOut() throws IOException {
        learn("""
                $ cd /tmp
                $ pwd
                /tmp
                $ pwd
                /tmp
                $ env
                AWS_SESSION_TOKEN=x1y2z3
                $ false
                [exit code 1]
                """);

        assertThat(file.path()).hasContent("""
                commands:
                  - name: pwd
                    run: |-
                      cd /tmp
                      pwd
                    output: /tmp

                  - name: 'false'
                    run: |-
                      cd /tmp
                      false
                    exitCode: 1
                    output:
                      empty: true
                """);
        assertThat(log)
                .contains(
                        "Left out: cd /tmp: changes the shell; the commands after it begin with it",
                        "Left out: pwd: there is a check of this command",
                        "Left out: env: Its output contains a secret, so no check was made of it",
                        "Appended 2 checks to " + file.path() + "; left out 3 commands");
    }

    @Test
    void aFileThatCannotBeContinuedIsUnchangedAndTheChecksAreShown() throws IOException {
        Files.writeString(file.path(), "commands: [id]\n");

        assertThatThrownBy(() -> learn("$ uname -s\nLinux\n")).hasMessageStartingWith("No check was made of ");
        assertThat(file.path()).hasContent("commands: [id]\n");
        assertThat(log).contains("- name: uname -s", "  output: Linux");
    }

    @Test
    void aFileThatIsNoTranscriptIsAnError() throws IOException {
        assertThatThrownBy(() -> learn("hello\n")).hasMessageStartingWith("No check was made of ");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> LearnChecks.run(binary, file, "x", new PlainLog(log::add)))
                .hasMessageContaining("must be UTF-8 text");
        assertThatThrownBy(() -> LearnChecks.run(directory.resolve("none"), file, "x", new PlainLog(log::add)))
                .hasMessageStartingWith("learn (lshell.learn) is not found: ");
        assertThat(file.path()).doesNotExist();
    }
}
