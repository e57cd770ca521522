package io.github.lambdashell.check.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that are appended to files that people wrote. */
class CommandsFileTest {
    @TempDir
    Path directory;

    private CommandsFile file() {
        return new CommandsFile(directory.resolve("commands.yaml"), true, Optional.empty(), directory, List.of());
    }

    private static LearnedCheck check(String name) {
        return check(name, "Linux\n", false);
    }

    private static LearnedCheck check(String name, String stdout, boolean golden) {
        RanCommand ran = new RanCommand(
                "uname -s",
                0,
                Map.of(Stream.STDOUT, stdout.getBytes(StandardCharsets.UTF_8), Stream.STDERR, new byte[0]),
                false,
                Optional.empty(),
                Map.of());
        return LearnedCheck.of(
                name, ran, Optional.empty(), ChangingText.at(Instant.parse("2026-11-29T12:00:00Z"), List.of()), golden);
    }

    private String appendTo(String before) throws IOException {
        Files.writeString(file().path(), before);
        file().append(check("kernel"));
        return Files.readString(file().path());
    }

    @Test
    void aMissingFileIsMade() throws IOException {
        CommandsFile file = new CommandsFile(
                directory.resolve("src/lshell/commands.yaml"), false, Optional.empty(), directory, List.of());

        assertThat(file.append(check("kernel"))).singleElement().asString().startsWith("wrote ");

        assertThat(file.path()).hasContent("""
                commands:
                  - name: kernel
                    run: uname -s
                    stdout: Linux
                """);
        assertThat(file.advice()).hasValueSatisfying(advice -> assertThat(advice)
                .endsWith("<commandsFile>src/lshell/commands.yaml</commandsFile>"));
    }

    @Test
    void theListKeepsItsIndentationAndEverythingElse() throws IOException {
        assertThat(appendTo("""
                # ours
                redactions: {time: '\\d+'}   # aligned

                commands:
                    - run: |   # two lines
                        echo a
                        # not a comment
                    - true

                # about the anchors
                x-a: &a {skip: true}
                """)).isEqualTo("""
                # ours
                redactions: {time: '\\d+'}   # aligned

                commands:
                    - run: |   # two lines
                        echo a
                        # not a comment
                    - true
                    - name: kernel
                      run: uname -s
                      stdout: Linux

                # about the anchors
                x-a: &a {skip: true}
                """);
    }

    @Test
    void aListAtTheTopIsContinued() throws IOException {
        assertThat(appendTo("- id\n\n- pwd\n# end\n"))
                .isEqualTo("- id\n\n- pwd\n# end\n\n- name: kernel\n  run: uname -s\n  stdout: Linux\n");
        assertThat(appendTo("commands:\n- id\n- pwd\n"))
                .isEqualTo("commands:\n- id\n- pwd\n- name: kernel\n  run: uname -s\n  stdout: Linux\n");
    }

    @Test
    void aFileWithoutCommandsGetsThem() throws IOException {
        String item = "  - name: kernel\n    run: uname -s\n    stdout: Linux\n";
        assertThat(appendTo("# nothing yet\n")).isEqualTo("# nothing yet\ncommands:\n" + item);
        assertThat(appendTo("commands:\n# none\n")).isEqualTo("commands:\n# none\n" + item);
        assertThat(appendTo("redactions: {a: b}")).isEqualTo("redactions: {a: b}\n\ncommands:\n" + item);
    }

    @Test
    void lineEndsAreThoseOfTheFile() throws IOException {
        assertThat(appendTo("commands:\r\n  - id\r\n  - pwd"))
                .isEqualTo("commands:\r\n  - id\r\n  - pwd\r\n  - name: kernel\r\n    run: uname -s\r\n"
                        + "    stdout: Linux\r\n");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"- id\n- run: |\n    echo é😀", "- run: |+\n    echo\n\n\n", "%YAML 1.1\n---\n- id\n"})
    void whatWasThereIsReadAsBefore(String before) throws IOException {
        String after = appendTo(before);

        assertThat(after).startsWith(before);
        assertThat(file().names()).contains("kernel").hasSizeGreaterThan(1);
    }

    @Test
    void aTextThatWouldChangeWithTheNewlineAtTheEndOfTheFileIsLeftAlone() {
        assertThatThrownBy(() -> appendTo("- run: cat\n  stdin: |\n    a"))
                .hasMessageContaining("has a form to which nothing can be appended");
        assertThat(file().path()).hasContent("- run: cat\n  stdin: |\n    a");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    <<<<<<< ours\\n- id\\n=======\\n- pwd\\n>>>>>>> theirs\\n | mapping values
                    commands:\\n\\t- id\\n                     | TAB
                    commands: [id, pwd]\\n                     | has its list of commands in brackets
                    {commands: [id]}\\n                        | is a map in braces
                    commands: id\\n                            | has commands that are not a list
                    just a text\\n                             | is neither a list nor a map of commands
                    - id\\n...\\n                              | has a form to which nothing can be appended
                    - id\\n---\\n- pwd\\n                      | expected a single document
                    - "open\\n                                 | while scanning a quoted scalar
                    commands:\\n  - name: kernel\\n    run: id\\n | name must be unique, but 'kernel' is used by
                    """)
    void aFileThatCannotBeContinuedIsUnchanged(String written, String problem) throws IOException {
        String before = written.replace("\\n", "\n").replace("\\t", "\t");
        Files.writeString(file().path(), before);

        ShellException refused = catchThrowableOfType(ShellException.class, () -> file().append(check("kernel")));

        assertThat(refused).as(before).isNotNull();
        assertThat(Files.readString(file().path())).isEqualTo(before);
        if (!problem.startsWith("mapping")) {
            assertThat(refused).hasMessageContaining(problem);
        }
    }

    @Test
    void jsonIsNotChanged() throws IOException {
        Path json = Files.writeString(directory.resolve("commands.json"), "[\"id\"]");

        assertThatThrownBy(() ->
                        new CommandsFile(json, true, Optional.empty(), directory, List.of()).append(check("kernel")))
                .hasMessageContaining("is JSON, to which no check is appended. The file is unchanged");
        assertThat(json).hasContent("[\"id\"]");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsReported() throws IOException {
        Files.writeString(directory.resolve("src"), "a file");

        assertThatThrownBy(() -> new CommandsFile(
                                directory.resolve("src/commands.yaml"), true, Optional.empty(), directory, List.of())
                        .append(check("kernel")))
                .isInstanceOf(ShellException.class)
                .hasMessageStartingWith("Can't write ");
    }

    @Test
    void aLinkAndThePermissionsRemain() throws IOException {
        Path real = Files.writeString(directory.resolve("real.yaml"), "- id\n");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw----"));
        Files.createSymbolicLink(file().path(), real);

        file().append(check("kernel"));

        assertThat(file().path()).isSymbolicLink();
        assertThat(real).content().contains("kernel");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void aGoldenFileIsBesideTheCommandsFileAndHasItsRedactions() throws IOException {
        Files.writeString(file().path(), "redactions: {os: Linux}\ncommands:\n  - id\n");

        file().append(check("What runs: it!", "Linux at 12:00:01\nend\n", true));

        assertThat(directory.resolve("expected/what-runs-it.txt")).hasContent("[os] at [..]\nend\n");
        assertThat(file().path()).content().contains("equalsFile: expected/what-runs-it.txt");
        assertThatThrownBy(() -> file().append(check("what runs it", "b\n", true)))
                .hasMessageContaining(" exists");
        assertThat(directory.resolve("expected/what-runs-it.txt")).content().contains("[os]");
    }

    @Test
    void aReferenceIsRefused() {
        LearnedCheck check = LearnedCheck.of(
                "x",
                new RanCommand("echo '${{id}}'", 0, Map.of(), false, Optional.empty(), Map.of()),
                Optional.empty(),
                ChangingText.NONE,
                false);

        assertThatThrownBy(() -> file().append(check)).isInstanceOf(ShellException.class);
        assertThat(file().path()).doesNotExist();
    }
}
