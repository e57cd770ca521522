package io.github.lambdashell.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.HandlerSteps;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.tree.ConfigNode;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.session.StepRunner;
import io.github.lambdashell.session.StepsResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that one check captures and later checks use. */
@Timeout(60)
class CapturesTest {
    /** A value with everything that a shell, a regular expression or JSON could take for something else. */
    private static final String NASTY = "a\"b'c $(exit 9) `exit 9` ${HOME} \\\\n * .+ [x] ${{other}}";

    private static void assertAllPass(List<CheckResult> results) {
        assertThat(results).allSatisfy(result -> assertThat(result.status())
                .as("%s: %s %s", result.check().name(), result.violations(), result.reason())
                .isEqualTo(Status.PASSED));
    }

    @Test
    void aValueIsAGroupAMatchAJsonValueOrAllOfAStream() {
        List<CheckResult> results = Checks.run("""
                - name: source
                  run: echo 'openjdk version "21.0.2"'; echo 'id 42 of' >&2
                  capture:
                    version: {pattern: 'version "([^"]+)'}
                    id: {pattern: '\\d+', from: stderr}
                    line: {from: stdout}
                    both: {from: output, pattern: 'id.*'}
                - {name: json, run: "echo '{\\"a\\": [{\\"b\\": 7}]}'", capture: {seven: {jsonPath: '$.a[0].b'}}}
                - name: user
                  run: printf '%s|' "${{version}}" "${{id}}" "${{line}}" "${{both}}" "${{ seven }}"
                  stdout: 21.0.2|42|openjdk version "21.0.2"|id 42 of|7|
                """);

        assertAllPass(results);
        assertThat(results.get(0).captures())
                .containsEntry("version", "21.0.2")
                .containsEntry("id", "42")
                .containsKeys("line", "both");
    }

    @Test
    void aReferenceWorksInEveryTextOfACommandAndOfItsExpectations() {
        assertAllPass(Checks.run("""
                - {name: source, run: mktemp -d, capture: {directory: {from: stdout}}}
                - {name: file, run: echo name.txt, capture: {file: {from: stdout}}}
                - {name: number, run: echo 3, capture: {three: {from: stdout}}}
                - name: user
                  setup: echo "${{three}}" > "${{file}}"
                  run: cat - "${{file}}"; echo "$FILE ${{three}}" >&2; exit ${{three}}
                  exitCode: 3
                  workingDirectory: ${{directory}}
                  environmentVariables: {FILE: "<${{file}}>"}
                  stdin: in ${{file}}
                  stdout: {contains: "in ${{file}}", matches: '^in ${{file}}3$', value: {pattern: 'txt(${{three}})', equals: "${{three}}", ge: "${{three}}", versionRange: "[${{three}},4)"}}
                  stderr: <${{file}}> ${{three}}
                  files: {path: "${{directory}}/${{file}}", contains: "${{three}}"}
                  teardown: rm "${{file}}" && rmdir "${{directory}}"
                """));
    }

    @Test
    void noValueIsTakenForACommandAnExpressionOrAPlaceholder() {
        assertAllPass(Checks.run("""
                - name: source
                  run: tr @ $
                  stdin: |-
                    %s
                  capture: {nasty: {from: stdout}}
                - name: user
                  setup: test "${{nasty}}" = "$COPY"
                  run: printf "%%s" "${{nasty}}"; printf "%%s" "$COPY" >&2
                  environmentVariables: {COPY: "${{nasty}}"}
                  stdout: {equals: "${{nasty}}", contains: "${{nasty}}", matches: '^${{nasty}}$'}
                  stderr: ${{nasty}}
                """.formatted(NASTY.replace('$', '@'))));
    }

    @Test
    void aValueInAPomMayLookLikeAPlaceholder() {
        ConfigNode source = node(
                "command",
                text("name", "source"),
                text("run", "echo '$''{x}'"),
                node("capture", node("value", text("from", "stdout"))));
        ConfigNode user =
                node("command", text("name", "user"), text("run", "echo \"${{value}}\""), text("stdout", "${{value}}"));
        List<Check> checks = Checks.read(
                Optional.of(node("", node("commands", source, user))),
                Optional.empty(),
                new Settings(Path.of("."), false));

        assertAllPass(new CheckRunner(new LocalShell(), Checks.options("pom", 1, false), List.of())
                .run(checks)
                .results());
    }

    private static ConfigNode node(String name, ConfigNode... children) {
        return new ConfigNode(name, null, List.of(children), "pom.xml");
    }

    private static ConfigNode text(String name, String text) {
        return new ConfigNode(name, text, List.of(), "pom.xml");
    }

    @Test
    void anUnquotedReferenceIsSplitLikeAVariableAndRunsNothing() {
        assertAllPass(Checks.run("""
                - {name: source, run: "echo 'a; exit 9 $(exit 9)'", capture: {value: {from: stdout}}}
                - {name: user, run: "printf '%s,' ${{value}}", stdout: 'a;,exit,9,$(exit,9),'}
                """));
    }

    @Test
    void reportsShowTheCommandAsItIsDeclared() {
        List<CheckResult> results = Checks.run("""
                - {name: source, run: echo 21, capture: {version: {from: stdout}}}
                - {run: 'test "${{version}}" = 22'}
                """);

        Check check = results.get(1).check();
        assertThat(check.name()).isEqualTo("test \"${{version}}\" = 22");
        assertThat(check.command().shown()).isEqualTo("test \"${{version}}\" = 22");
    }

    @Test
    void anExpectationThatIsNotMetShowsTheValue() {
        assertThat(Checks.violations("""
                - {name: source, run: echo 21, capture: {version: {from: stdout}}}
                - {name: user, run: echo 22, stdout: "${{version}}"}
                """)).containsExactly("stdout is \"22\", but expected \"21\"");
    }

    @Test
    void aCheckMayUseAndCapture() {
        assertAllPass(Checks.run("""
                - {name: one, run: echo 1, capture: {one: {from: stdout}}}
                - {name: two, run: 'echo $((${{one}} + 1))', capture: {two: {from: stdout}}}
                - {name: three, run: 'echo ${{one}} ${{two}}', stdout: 1 2}
                """));
    }

    @Test
    void aValueIsPartOfAnEventAndStaysJson() {
        List<byte[]> payloads = new ArrayList<>();
        LocalShell shell = new LocalShell();
        HandlerSteps handler = new HandlerSteps().response("{\"id\": \"x-1\"}").log("order x-1 done\n");
        StepRunner runner = new StepRunner() {
            @Override
            public StepsResult run(List<Step> steps) throws InterruptedException {
                steps.get(0).event().ifPresent(event -> payloads.add(event.payload()));
                return steps.get(0).event().isPresent() ? handler.run(steps) : shell.run(steps);
            }

            @Override
            public StepRunner with(ProjectHandler any) {
                return this;
            }
        };

        List<CheckResult> results = Checks.run("""
                - {name: source, run: "printf '%s' 'a\\"b'", capture: {quoted: {from: stdout}}}
                - name: event
                  handler: com.example.App
                  event: {id: "<${{quoted}}>"}
                  capture: {id: {jsonPath: $.id}, logged: {from: log, pattern: 'order (\\S+)'}}
                - name: sample
                  handler: com.example.App
                  event: {sample: sqs, set: {'$.Records[0].body': "${{id}}"}}
                  response: {jsonPath: {path: $.id, equals: "${{logged}}"}}
                """, runner);

        assertAllPass(results);
        assertThat(new String(payloads.get(0), StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"<a\\\"b>\"}");
        assertThat(new String(payloads.get(1), StandardCharsets.UTF_8)).contains("\"body\":\"x-1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "echo nothing; {pattern: x(y)}; is not found: stdout has no line that matches 'x(y)', so there is no value",
                "'true'; {from: stdout}; is empty",
                "echo y; {pattern: '(x)?y'}; is empty",
                "echo text; {jsonPath: $.a}; is not found: stdout is not JSON in line 1: Unrecognized token 'text': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
                "head -c 40000 /dev/zero | tr '\\0' x; {from: stdout}; must have up to 32768 characters, but has 40000",
                "printf 'a\\0b'; {from: stdout}; must not contain a NUL character",
            })
    void aValueThatCanNotBeUsedIsAFailureOfTheCheckThatCapturesIt(String run, String capture, String violation) {
        List<CheckResult> results = Checks.run("""
                - name: source
                  run: |
                    %s
                  capture: {value: %s}
                - {name: user, run: 'echo ${{value}}'}
                """.formatted(run, capture));

        assertThat(results.get(0).violations())
                .containsExactly(Violation.of("the value to capture as 'value' " + violation));
        assertThat(results.get(1).status()).isEqualTo(Status.SKIPPED);
        assertThat(results.get(1).reason()).isEqualTo("${{value}} has no value, because \"source\" failed");
    }

    @Test
    void aRetryTriesToCaptureAgain() {
        List<CheckResult> results = Checks.run("""
                - name: source
                  run: f=/tmp/lshell-capture-$PPID; cat $f 2>/dev/null && rm $f || echo id 7 > $f
                  retries: 3
                  retryDelay: 1ms
                  capture: {id: {pattern: 'id (.)'}}
                - {name: user, run: 'echo ${{id}}', stdout: "7"}
                """);

        assertAllPass(results);
        assertThat(results.get(0).attempts()).isEqualTo(2);
    }

    @Test
    void aCheckIsSkippedWithEverythingThatDependsOnItWhereItsSourceDidNotPass() {
        LocalShell shell = new LocalShell();
        StepRunner runner = steps -> {
            if (steps.get(0).command().contains("broken")) {
                throw new ShellException("The function does not answer", "Look");
            }
            return shell.run(steps);
        };

        List<CheckResult> results = Checks.run("""
                - {name: fails, run: echo 1; exit 1, capture: {one: {from: stdout}}}
                - {name: second, run: 'echo ${{one}}', capture: {two: {from: stdout}}}
                - {name: third, run: 'echo ${{two}}'}
                - {name: breaks, run: broken, capture: {three: {from: stdout}}}
                - {name: fourth, run: 'echo ${{three}}'}
                - {name: other, run: echo}
                """, runner);

        assertThat(results)
                .extracting(CheckResult::reason)
                .containsExactly(
                        "",
                        "${{one}} has no value, because \"fails\" failed",
                        "${{two}} has no value, because \"second\" was skipped",
                        "The function does not answer. Look.",
                        "${{three}} has no value, because \"breaks\" could not be checked",
                        "");
        assertThat(results.get(5).status()).isEqualTo(Status.PASSED);
    }

    @Test
    void aWaivedFailureStillHasItsValue() {
        assertThat(Checks.run("""
                - {name: source, run: echo 1; exit 1, waive: {until: 2099-01-01, reason: x}, capture: {one: {from: stdout}}}
                - {name: user, run: 'echo ${{one}}', stdout: "1"}
                """)).extracting(CheckResult::status).containsExactly(Status.WAIVED, Status.PASSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void checksWaitForTheirSourcesWithoutADeadlock(int parallel) {
        String chain = IntStream.rangeClosed(1, 20)
                .mapToObj(i ->
                        "- {name: c%1$d, run: 'echo $((${{v%2$d}} + 1))', stdout: \"%1$d\", capture: {v%1$d: {from: stdout}}}\n"
                                .formatted(i, i - 1))
                .collect(Collectors.joining(
                        "", "- {name: c0, run: sleep 0.1; echo 0, capture: {v0: {from: stdout}}}\n", ""));

        assertAllPass(Checks.run(chain, new LocalShell(), parallel, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void failFastEndsTheWaitingOfChecks(int parallel) {
        List<CheckResult> results = Checks.run("""
                - {name: source, run: exit 1, capture: {one: {from: stdout}}}
                - {name: second, run: 'echo ${{one}}', capture: {two: {from: stdout}}}
                - {name: third, run: 'echo ${{two}}'}
                """, new LocalShell(), parallel, true);

        assertThat(results)
                .extracting(CheckResult::status)
                .containsExactly(Status.FAILED, Status.SKIPPED, Status.SKIPPED);
    }

    @Test
    void anInterruptionEndsTheWaitingOfChecks() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        StepRunner never = steps -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return null;
        };
        List<CheckResult> results = new ArrayList<>();
        Thread run = new Thread(() -> results.addAll(Checks.run("""
                - {name: source, run: echo 1, capture: {one: {from: stdout}}}
                - {name: user, run: 'echo ${{one}}'}
                - {name: later, run: 'echo ${{one}}'}
                """, never, 2, false)));
        run.start();
        begun.await();

        run.interrupt();
        run.join();

        assertThat(results).extracting(CheckResult::status).containsExactly(Status.ERROR, Status.ERROR, Status.SKIPPED);
    }

    @Test
    void aValueThatAnExpectationDoesNotAllowIsAFailureOfTheCheckThatUsesIt() {
        List<CheckResult> results = Checks.run("""
                - {name: source, run: echo abc, capture: {value: {from: stdout}}}
                - {name: directory, run: pwd, workingDirectory: '${{value}}'}
                - {name: bound, run: echo 1, stdout: {value: {gt: '${{value}}'}}}
                - {name: both, run: echo 1, stdout: {equals: '${{value}}', matches: '^\\d+$'}}
                """);

        assertThat(results).extracting(CheckResult::status).containsOnlyOnce(Status.PASSED);
        assertThat(results)
                .extracting(CheckResult::problem)
                .containsExactly(
                        "",
                        "commands.yaml:2:31, command 2 \"directory\": workingDirectory must be an absolute path in the"
                                + " sandbox such as /tmp, but is 'abc'",
                        "commands.yaml:3:47, command 3 \"bound\", stdout, value: gt is not a number: 'abc'",
                        "commands.yaml:4:29, command 4 \"both\", stdout: contradictory expectations: with equals \"abc\","
                                + " stdout has no line that matches '^\\d+$'");
    }

    @Test
    void aCapturedSecretIsMaskedInEveryReport() {
        List<CheckResult> results = Checks.run("""
                - {name: source, run: echo s3cr3t-value, capture: {token: {from: stdout}}}
                - {name: user, run: 'echo "<${{token}}>"', stdout: '${{token}}'}
                """);

        assertThat(results.get(0).captures()).isEqualTo(Map.of("token", "***"));
        assertThat(results.get(1).problem()).isEqualTo("stdout is \"<***>\", but expected \"***\"");
    }

    @Test
    void aCaptureWhoseNameIsThatOfASecretIsMaskedFromItsCheckOn() {
        List<CheckResult> results = Checks.run("""
                - {name: source, run: echo pass-1234, capture: {password: {from: stdout}}}
                - {name: user, run: 'echo "<${{password}}>"', stdout: '${{password}}'}
                """);

        assertThat(results.get(0).captures()).isEqualTo(Map.of("password", "***"));
        assertThat(results.get(0).run().orElseThrow().stdout().text()).isEqualTo("***\n");
        assertThat(results.get(1).problem()).isEqualTo("stdout is \"<***>\", but expected \"***\"");
    }

    @Test
    void aSelectionIncludesTheChecksWhoseCapturesItUses() {
        List<Check> checks = Checks.read("""
                - {name: one, run: echo 1, capture: {one: {from: stdout}}}
                - {name: other, run: echo}
                - {name: two, run: 'echo ${{one}}', capture: {two: {from: stdout}}}
                - {name: three, run: 'echo ${{two}}'}
                """);

        assertThat(new Selection("three").of(checks)).extracting(Check::name).containsExactly("one", "two", "three");
        assertThat(new Selection("other").of(checks)).extracting(Check::name).containsExactly("other");
    }
}
