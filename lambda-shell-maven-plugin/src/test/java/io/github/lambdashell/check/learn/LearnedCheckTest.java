package io.github.lambdashell.check.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a command with its output to the text of a check. */
class LearnedCheckTest {
    private static final ChangingText USUAL =
            ChangingText.at(Instant.parse("2026-11-29T12:00:00Z"), List.of("lshell-orders-x7f3"));

    private static RanCommand ran(String stdout, String stderr) {
        return new RanCommand(
                "report",
                0,
                Map.of(
                        Stream.STDOUT, stdout.getBytes(StandardCharsets.UTF_8),
                        Stream.STDERR, stderr.getBytes(StandardCharsets.UTF_8)),
                false,
                Optional.empty(),
                Map.of());
    }

    private static String yaml(String stdout) {
        return LearnedCheck.of("report", ran(stdout, ""), Optional.empty(), USUAL, false)
                .yaml();
    }

    private static String yaml(String first, String second) {
        return LearnedCheck.of("report", ran(first, ""), Optional.of(ran(second, "")), USUAL, false)
                .yaml();
    }

    @Test
    void shortOutputIsExpectedAsItIs() {
        assertThat(yaml("one\ntwo: 2\n")).isEqualTo("""
                - name: report
                  run: report
                  stdout: |-
                    one
                    two: 2
                """);
        assertThat(yaml("")).endsWith("  stdout:\n    empty: true\n");
    }

    @Test
    void exitCodeDirectoryAndVariablesAreThoseOfTheCommand() {
        RanCommand ran = new RanCommand(
                "cat x",
                1,
                Map.of(
                        Stream.STDOUT,
                        new byte[0],
                        Stream.STDERR,
                        "cat: x: No such file or directory\n".getBytes(StandardCharsets.UTF_8)),
                false,
                Optional.of("/tmp"),
                new java.util.HashMap<>(Map.of("STAGE", "8")) {
                    private static final long serialVersionUID = 1;

                    {
                        put("HOME", null);
                    }
                });

        assertThat(LearnedCheck.of("none", ran, Optional.empty(), USUAL, false).yaml())
                .isEqualTo("""
                        - name: none
                          run: cat x
                          workingDirectory: /tmp
                          environmentVariables:
                            HOME: null
                            STAGE: '8'
                          exitCode: 1
                          stdout:
                            empty: true
                          stderr: 'cat: x: No such file or directory'
                        """);
    }

    @Test
    void ofLongOutputTheLinesAreChosenThatTellMost() {
        String text = "Orders 4.2, version of the release\n"
                + IntStream.range(0, 50).mapToObj(i -> "--- " + i + "\n").collect(Collectors.joining())
                + "started at 12:00:01\ntotal: 3 orders\n";

        assertThat(yaml(text)).endsWith("""
                  stdout:
                    contains:
                      - Orders 4.2, version of the release
                      - 'total: 3 orders'
                """);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    at 2026-11-29T11:58:03.123Z ok   | at 2026-11-28 23:00:01 UTC ok
                    on 2026-11-29                    | on 2026-12-01
                    Sun Nov 29 02:11:23 UTC 2026     | Mon Nov 30 12:01:00 UTC 2026
                    Nov 29 02:11 file.txt            | Jan  3 00:00 file.txt
                    took 12.5 ms                     | took 3 s
                    real 0m0.003s                    | real 1m10.2s
                    pid 17 runs                      | pid 2301 runs
                    sshd[812]: ready                 | sshd[9]: ready
                    on 127.0.0.1:41234               | on 127.0.0.1:60001
                    at 0x7ffd4a2b10                  | at 0x55dd00aa1100
                    java.lang.Object@1b6d3586 made   | java.lang.Object@4554617c made
                    id 5d1f0c1e-0b7a-4f66-9a56-0f3e36c1d2ab. | id 00000000-0b7a-4f66-9a56-0f3e36c1d2ab.
                    wrote /tmp/tmp.Xk29dkQ2ab        | wrote /tmp/tmp.aaaaBBBB11
                    in lshell-orders-x7f3 here       | in lshell-orders-9k2m here
                    """)
    void whatChangesIsAnExpressionThatHoldsInOtherRuns(String line, String other) {
        LearnedCheck check = LearnedCheck.of("report", ran(line + "\n", ""), Optional.empty(), USUAL, false);

        assertThat(check.changes()).isNotEmpty();
        @SuppressWarnings("unchecked")
        Map<String, Object> stdout = (Map<String, Object>) check.elements().get("stdout");
        assertThat(stdout).containsEntry("lineCount", 1);
        assertThat(line).matches((String) stdout.get("matches"));
        assertThat(other).matches((String) stdout.get("matches"));
        assertThat("something else").doesNotMatch((String) stdout.get("matches"));
    }

    @ParameterizedTest
    @CsvSource({
        "openjdk version \"21.0.1\" 2023-10-17",
        "listening on 127.0.0.1:5432",
        "Python 3.11.2",
        "sum d41d8cd98f00b204e9800998ecf8427e",
        "mode 0644 of 10.0.0.1"
    })
    void whatDoesNotChangeIsExpectedAsItIs(String line) {
        assertThat(LearnedCheck.of("report", ran(line, ""), Optional.empty(), USUAL, false)
                        .changes())
                .isEmpty();
    }

    @Test
    void redactionsCanBeRefused() {
        assertThat(LearnedCheck.of("report", ran("at 12:00:01\n", ""), Optional.empty(), ChangingText.NONE, false)
                        .yaml())
                .endsWith("  stdout: at 12:00:01\n");
    }

    @Test
    void aSecondRunTellsWhatElseChanges() {
        assertThat(yaml("token abc17 ok (1)\nend\n", "token xyz9 ok (1)\nend\n"))
                .endsWith("""
                  stdout:
                    matches:
                      - ^token .* ok \\(1\\)$
                      - ^end$
                    lineCount: 2
                """);
        assertThat(yaml("alpha beta\ngone entirely\nomega\n", "alpha beta\nomega\n"))
                .endsWith("""
                  stdout:
                    contains:
                      - alpha beta
                      - omega
                """);
    }

    @Test
    void aGoldenFileHasWildcardsForWhatChanges() {
        assertThat(LearnedCheck.of(
                                "a golden/file",
                                ran("begin\nat 12:00:01 x=1\na\nb\nend\n", ""),
                                Optional.of(ran("begin\nat 12:00:07 x=1\nc\nend\n", "")),
                                USUAL,
                                true)
                        .files())
                .isEqualTo(Map.of("expected/a-golden-file.txt", "begin\nat [..] x=1\n...\nend\n"));
    }

    @Test
    void namesAreUnique() {
        assertThat(LearnedCheck.nameOf("\n  uname -s \nid", Set.of())).isEqualTo("uname -s");
        assertThat(LearnedCheck.nameOf("id", Set.of("id", "id 2"))).isEqualTo("id 3");
        assertThat(LearnedCheck.nameOf("x".repeat(300), Set.of())).hasSize(80);
    }

    /** YAML ends a line at these characters too, and indents what follows. */
    @ParameterizedTest
    @ValueSource(strings = {"\u2028", "\u2029", "\u0085"})
    void lineSeparatorsOfUnicodeAreEscaped(String separator) throws IOException {
        List<String> outputs = List.of(
                "a" + separator,
                "a" + separator + "\n",
                "a\n" + separator + "\nb\n",
                "a" + separator + "b\nc\n",
                "a" + separator + "  b\nc\n",
                separator + "\n\n" + separator);
        for (String output : outputs) {
            LearnedCheck check = LearnedCheck.of("a", ran(output, ""), Optional.empty(), USUAL, false);

            assertThat(appended(check)).containsExactly("report");
            assertThat(check.yaml()).doesNotContain(separator);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n\n", "\n\n", "a\n\n\n", "a\r\n\r\n", "a\n\r\n"})
    void blankLinesAtTheEndAreExpected(String output) throws IOException {
        assertThat(appended(LearnedCheck.of("a", ran(output, ""), Optional.empty(), USUAL, false)))
                .containsExactly("report");
    }

    private static List<String> appended(LearnedCheck check) throws IOException {
        Path directory = Files.createTempDirectory("lshell-learn");
        try {
            CommandsFile file =
                    new CommandsFile(directory.resolve("commands.yaml"), true, Optional.empty(), directory, List.of());
            file.append(check);
            return List.copyOf(file.commands());
        } finally {
            PathUtils.deleteDirectory(directory);
        }
    }

    /** The file accepts the check only if it is valid and passes with the same output. */
    @Property(tries = 200)
    void everyOutputBecomesACheckThatPassesWithIt(
            @ForAll @From("texts") String command,
            @ForAll @From("texts") String stdout,
            @ForAll @From("texts") String stderr,
            @ForAll boolean redactions,
            @ForAll boolean golden)
            throws IOException {
        if (command.isBlank() || command.indexOf('\0') >= 0) {
            return;
        }
        RanCommand ran = new RanCommand(
                command,
                Math.floorMod(command.hashCode(), 256),
                Map.of(
                        Stream.STDOUT,
                        stdout.getBytes(StandardCharsets.UTF_8),
                        Stream.STDERR,
                        stderr.getBytes(StandardCharsets.ISO_8859_1)),
                false,
                Optional.of("/tmp/" + command.hashCode()),
                Map.of("VALUE", command));
        LearnedCheck check = LearnedCheck.of(
                LearnedCheck.nameOf(command, Set.of()),
                ran,
                Optional.empty(),
                redactions ? USUAL : ChangingText.NONE,
                golden);

        assertThat(appended(check)).containsExactly(command);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> lines = Arbitraries.of(
                "- a",
                "key: value # no comment",
                "  indented",
                "trailing ",
                "\ttab",
                "",
                "null",
                "~",
                "12:00:01",
                "*x &y !z %",
                "'\"`\\",
                "é😀",
                "\u001b[31mred",
                "cr\r",
                "[..]",
                "...",
                "---",
                "\u0085\u2028",
                "@1b6d3586 0x7ffd4a2b10 pid 3");
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(20);
        return Arbitraries.oneOf(lines, any).list().ofMaxSize(8).map(all -> String.join("\n", all));
    }

    @Property(tries = 150)
    void twoRunsBecomeACheckThatPassesWithBoth(
            @ForAll @From("texts") String first, @ForAll @From("texts") String second) throws IOException {
        Path directory = Files.createTempDirectory("lshell-learn");
        try {
            CommandsFile file =
                    new CommandsFile(directory.resolve("commands.yaml"), true, Optional.empty(), directory, List.of());
            List<String> lines = Arrays.asList(second.split("\n", -1));
            String mixed = String.join("\n", lines.subList(lines.size() / 2, lines.size())) + "\n" + first;

            file.append(LearnedCheck.of("x", ran(first, ""), Optional.of(ran(mixed, "")), USUAL, false));

            assertThat(file.names()).containsExactly("x");
        } catch (ShellException e) {
            // Of texts that have nothing in common no check may be made, but then nothing is written.
            assertThat(directory).isEmptyDirectory();
        } finally {
            PathUtils.deleteDirectory(directory);
        }
    }
}
