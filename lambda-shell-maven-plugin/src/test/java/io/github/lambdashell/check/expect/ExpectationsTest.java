package io.github.lambdashell.check.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.Checks;
import org.junit.jupiter.api.Test;

/** Each word of the vocabulary, once met and once missed, with the words of the miss. */
class ExpectationsTest {
    @Test
    void exitCodesAreComparedOrIgnored() {
        assertThat(Checks.violations("- {run: exit 3, exitCode: 3}")).isEmpty();
        assertThat(Checks.violations("- {run: exit 3, exitCode: {gt: 0, lt: 4}}"))
                .isEmpty();
        assertThat(Checks.violations("- {run: exit 3; echo, exitCode: any, stdout: {empty: true}}"))
                .isEmpty();
        assertThat(Checks.violations("- {run: exit 3}")).containsExactly("exit code is 3, but expected 0");
        assertThat(Checks.violations("- {run: exit 3, exitCode: {gt: 5}}"))
                .containsExactly("exit code is 3, but expected more than 5");
        assertThat(Checks.violations("- {run: kill -9 $$, exitCode: 9}"))
                .containsExactly("exit code is 137, but expected 9");
    }

    @Test
    void aTextIsFoundAcrossLinesAndChunks() {
        assertThat(Checks.violations("""
                        - run: echo one; echo two; echo three
                          stdout:
                            contains:
                              - |-
                                ne
                                tw
                              - three
                            notContains: four
                        """)).isEmpty();
        // The needle lies across the border of the chunks in which the output is read.
        assertThat(Checks.violations("""
                        - run: head -c 65530 /dev/zero; printf 'aabaabaaabaab'
                          stdout: {contains: aabaaab, notContains: aaaa}
                        """)).isEmpty();
        assertThat(Checks.violations("- {run: echo one; echo two, stdout: {contains: x, notContains: wo}}"))
                .containsExactly(
                        "stdout does not contain \"x\"", "stdout contains \"wo\" in line 2, but expected it not to");
    }

    @Test
    void aRegularExpressionIsFoundAnywhereInALine() {
        assertThat(Checks.violations(
                        "- {run: 'printf \"a\\r\\nbc\\nd\"', stdout: {matches: [^a$, c$, ^d$], notMatches: a.*b}}"))
                .isEmpty();
        assertThat(Checks.violations("- {run: echo abc >&2, stderr: {matches: ^b, notMatches: 'c$'}}"))
                .containsExactly(
                        "stderr has no line that matches '^b'",
                        "stderr matches 'c$' in line 1, which is \"abc\", but expected it not to");
    }

    @Test
    void equalsIgnoresOneNewlineAtTheEnd() {
        assertThat(Checks.violations("- {run: echo é, stdout: é}")).isEmpty();
        assertThat(Checks.violations("- {run: printf x, stdout: {equals: \"x\\n\"}}"))
                .isEmpty();
        assertThat(Checks.violations("- {run: 'printf \"x\\n\\n\"', stdout: x}"))
                .containsExactly("stdout is not the expected text, the first difference is in line 2");
        assertThat(Checks.violations("- {run: echo ' x', stdout: x}"))
                .containsExactly("stdout is \" x\", but expected \"x\"");
        assertThat(Checks.violations("- {run: 'printf \"\\377\"', stdout: \"\\uFFFD\"}"))
                .as("what is not UTF-8 equals no text")
                .hasSize(1);
    }

    @Test
    void outputHasBothStreams() {
        assertThat(Checks.violations("- {run: echo a; sleep 1; echo b >&2, output: {equals: \"a\\nb\"}}"))
                .isEmpty();
    }

    @Test
    void anEmptyStreamIsDistinguishedFromOutput() {
        assertThat(Checks.violations("- {run: echo x, stdout: {empty: false}, stderr: {empty: true}}"))
                .isEmpty();
        assertThat(Checks.violations("- {run: echo x, stdout: {empty: true}, stderr: {empty: false}}"))
                .containsExactly(
                        "stdout is \"x\\n\", but expected it to be empty", "stderr is empty, but expected output");
    }

    @Test
    void allLinesAreCounted() {
        assertThat(Checks.violations("- {run: 'printf \"a\\nb\"', stdout: {lineCount: 2}, stderr: {lineCount: 0}}"))
                .isEmpty();
        assertThat(Checks.violations("- {run: seq 5, stdout: {lineCount: {ge: 6}}}"))
                .containsExactly("the number of lines of stdout is 5, but expected at least 6");
    }

    @Test
    void aValueIsTheFirstGroup() {
        assertThat(Checks.violations("""
                        - run: echo 'openjdk version "21.0.2+13" 2024'
                          stdout:
                            value:
                              - {pattern: 'version "([^"]+)', versionRange: "[21,22)"}
                              - {pattern: '\\d+$', ge: 2024, lt: 2025}
                              - {pattern: '(\\w+) version', equals: openjdk, matches: jdk$}
                        """)).isEmpty();
        assertThat(Checks.violations("""
                        - run: echo 'openjdk version "17.0.1"'
                          stdout:
                            value:
                              - {pattern: 'version "([^"]+)', versionRange: "[21,22)"}
                              - {pattern: '(\\w+) version', gt: 3}
                              - {pattern: 'absent (x)', equals: x}
                        """))
                .containsExactly(
                        "the value of 'version \"([^\"]+)' in stdout is \"17.0.1\", but expected a version in [21,22)",
                        "the value of '(\\w+) version' in stdout is \"openjdk\", but expected more than 3",
                        "stdout has no line that matches 'absent (x)', so there is no value");
    }

    @Test
    void aValueWithoutPatternIsAllOfTheStreamTrimmed() {
        assertThat(Checks.violations("""
                        - run: printf '\\n 21.0.3 \\n\\n'
                          stdout:
                            value: [{equals: 21.0.3}, {versionRange: "[21,22)"}, {matches: ^21}]
                        """)).isEmpty();
        assertThat(Checks.violations("""
                        - run: printf ' 3\\n4\\n'; head -c 1100000 /dev/zero >&2
                          stdout: {value: {gt: 3}}
                          stderr: {value: {equals: x}}
                        """))
                .containsExactly(
                        "stdout is \"3\\n4\", but expected more than 3",
                        "stderr has 1100000 bytes, which is more than a value of 1 MB");
    }

    @Test
    void aJsonPathReadsOneDocument() {
        String json = "echo '{\"name\": \"x\", \"n\": 1.50, \"list\": [{\"id\": 7}, {\"id\": 8}]}'";
        assertThat(Checks.violations("""
                        - run: |
                            %s
                          stdout:
                            jsonPath:
                              - {path: $.name, equals: x}
                              - {path: $.n, equals: "1.50", gt: 1}
                              - {path: '$.list[?(@.id == 8)].id', equals: 8}
                              - {path: '$.list[*].id', equals: '[7,8]'}
                              - {path: $.list.length(), equals: 2}
                        """.formatted(json))).isEmpty();
        assertThat(Checks.violations("""
                        - run: |
                            %s
                          stdout:
                            jsonPath:
                              - {path: $.name, equals: y}
                              - {path: $.absent, equals: x}
                              - {path: '$.list[?(@.id == 9)].id', equals: 9}
                        """.formatted(json)))
                .containsExactly(
                        "$.name of stdout is \"x\", but expected \"y\"",
                        "stdout has nothing at $.absent",
                        "stdout has nothing at $.list[?(@.id == 9)].id");
        assertThat(Checks.violations("- {run: echo 'not json', stdout: {jsonPath: {path: $.a, equals: x}}}"))
                .singleElement()
                .asString()
                .startsWith("stdout is not JSON in line 1: Unrecognized token");
        assertThat(Checks.violations("- {run: 'true', stdout: {jsonPath: {path: $.a, equals: x}}}"))
                .containsExactly("stdout is empty, but expected JSON");
    }

    @Test
    void aJsonPathFindsASmallPartOfAHugeDocument() {
        String large = """
                - run: |
                    printf '{"before": ["'; head -c 20000000 /dev/zero | tr '\\0' x
                    printf '"], "a b": [{}, {"it": {"v": 1, "w": [2, 3]}}], "after": ["'; head -c 20000000 /dev/zero | tr '\\0' x
                    echo '"]}'
                  stdout:
                    jsonPath: [%s]
                """;

        assertThat(Checks.violations(large.formatted(
                        "{path: \"$['a b'][1].it.v\", equals: 1}, {path: \"$['a b'][1].it..w[*]\", equals: '[2,3]'}, "
                                + "{path: \"$['a b'].length()\", equals: 2}, {path: '$.after.length()', equals: 1}")))
                .containsExactly("$.after.length() of stdout searches more than 16777216 bytes; begin the path with"
                        + " the names of a smaller part");
        assertThat(Checks.violations(
                        large.formatted("{path: $.nope.x, equals: 1}, {path: '$.before[0].x', equals: 1}")))
                .containsExactly("stdout has nothing at $.nope.x", "stdout has nothing at $.before[0].x");
    }

    @Test
    void aJsonPathRequiresTheOutputToBeOneDocument() {
        assertThat(Checks.violations("- {run: 'echo \"{}{}\"', stdout: {jsonPath: {path: $.a, equals: x}}}"))
                .containsExactly("stdout is not JSON in line 1: unexpected content after the document");
        assertThat(Checks.violations("- {run: 'echo [1, 2', stdout: {jsonPath: {path: '$[0]', equals: 1}}}"))
                .singleElement()
                .asString()
                .startsWith("stdout is not JSON in line 2: Unexpected end-of-input");
        assertThat(Checks.violations("- {run: 'echo 7', stdout: {jsonPath: {path: $, equals: 7}}}"))
                .isEmpty();
        assertThat(Checks.violations("""
                        - run: |
                            echo '{"a": 1, "a": 2, "b-c": 3, "length": 4}'
                          stdout:
                            jsonPath:
                              - {path: $.a, equals: 2}
                              - {path: $.b-c, equals: 3}
                              - {path: $.length, equals: 4}
                        """)).as("the last of a name counts").isEmpty();
    }

    @Test
    void metricsOfTheInvocationAreCompared() {
        assertThat(Checks.violations("""
                        - run: "true"
                          metrics:
                            coldStart: true
                            initDuration: {gt: 1ms, lt: 1s}
                            billedDuration: {le: 13ms}
                            maxMemoryUsed: {lt: 128MB}
                        """)).isEmpty();
        assertThat(Checks.violations("""
                        - run: "true"
                          metrics:
                            coldStart: false
                            billedDuration: {lt: 13ms}
                            maxMemoryUsed: {lt: 64}
                        """))
                .containsExactly(
                        "coldStart is true, but expected false",
                        "billedDuration is 13 ms, but expected less than 13 ms",
                        "maxMemoryUsed is 100 MB, but expected less than 64 MB");
    }

    @Test
    void aCommandIsLimitedByItsMaximumDuration() {
        assertThat(Checks.violations("- {run: 'true', maxDuration: 30s}")).isEmpty();
        assertThat(Checks.violations("- {run: sleep 0.05, maxDuration: 10ms}"))
                .singleElement()
                .asString()
                .matches("the command's duration is \\d+ ms, but expected at most 10 ms");
    }

    @Test
    void valuesInMessagesAreEscapedAndShortened() {
        assertThat(Checks.violations("- {run: 'printf \"\\033[31mred\\t\"', stdout: blue}"))
                .containsExactly("stdout is \"\\x1b[31mred\\t\", but expected \"blue\"");
        assertThat(Checks.violations("- {run: 'head -c 1000 /dev/zero | tr \"\\0\" x', stdout: blue}"))
                .singleElement()
                .asString()
                .contains("x\" and 800 more characters, but expected \"blue\"");
    }

    @Test
    void aDiffShowsOnlyWhatDiffers() {
        assertThat(Checks.run("- {run: seq 9, stdout: \"1\\n2\\n3\\n4\\nfive\\n6\\n7\\n8\\n9\"}")
                        .get(0)
                        .violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.text())
                            .isEqualTo("stdout is not the expected text, the first difference is in line 5");
                    assertThat(violation.diff())
                            .containsExactly(
                                    "--- expected",
                                    "+++ actual",
                                    "@@ -2,7 +2,7 @@",
                                    " 2",
                                    " 3",
                                    " 4",
                                    "-five",
                                    "+5",
                                    " 6",
                                    " 7",
                                    " 8");
                });
    }

    @Test
    void textsThatDifferEverywhereAreNotDiffed() {
        assertThat(Checks.run("- {run: seq 3000, stdout: \"a\\nb\"}").get(0).violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.text()).endsWith("in line 1: \"1\", but expected \"a\"");
                    assertThat(violation.diff()).isEmpty();
                });
    }

    @Test
    void binaryOutputIsNamedAndNotDiffed() {
        assertThat(Checks.run("- {run: 'printf \"\\\\377\\\\376\\\\n\\\\001\\\\002\"', stdout: text}")
                        .get(0)
                        .violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.text()).endsWith("in line 1, and the output is binary data");
                    assertThat(violation.diff()).isEmpty();
                });
    }
}
