package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script of {@code lshell.commandFile}. */
class CommandFileTest {
    private static final int LIMIT = 4 * 1024 * 1024;

    @TempDir
    private static Path files;

    @Test
    void aFileIsReadAsItIs() throws IOException {
        Files.writeString(files.resolve("run.sh"), "#!/bin/bash\necho \u00fc\n");

        assertThat(CommandFile.read("run.sh", files)).isEqualTo("#!/bin/bash\necho \u00fc\n");
        assertThat(CommandFile.read(files.resolve("run.sh").toString(), Path.of("/elsewhere")))
                .startsWith("#!/bin/bash");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    missing.sh    | is not found: FILES/missing.sh
                    .             | must be a file, but FILES is not
                    empty.sh      | must contain a command, but FILES/empty.sh is empty
                    binary        | must be UTF-8 text, but FILES/binary is not
                    nul.sh        | must be text, but FILES/nul.sh contains a NUL character
                    large.sh      | must be up to 4194304 bytes, but FILES/large.sh is 4194305
                    checks.yaml   | must be a script for the shell, but is 'checks.yaml'; for a file with checks, use commandsFile (lshell.commandsFile)
                    """)
    void aFileWithoutACommandIsRefused(String name, String problem) throws IOException {
        Files.writeString(files.resolve("empty.sh"), " \n\n");
        Files.write(files.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.writeString(files.resolve("nul.sh"), "echo a\0b");
        Files.write(files.resolve("large.sh"), " ".repeat(LIMIT + 1).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> CommandFile.read(name, files))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem.replace("FILES", files.toString()));
    }

    @Test
    void aHyphenIsStandardInput() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("echo in".getBytes(StandardCharsets.UTF_8)));
            assertThat(CommandFile.read("-", files)).isEqualTo("echo in");
            assertThatThrownBy(() -> CommandFile.read("-", files))
                    .hasMessage("must contain a command, but standard input is empty");
            System.setIn(new ByteArrayInputStream(new byte[LIMIT + 1]));
            assertThatThrownBy(() -> CommandFile.read("-", files))
                    .hasMessage("must be up to 4194304 bytes, but standard input is more");
        } finally {
            System.setIn(before);
        }
    }
}
