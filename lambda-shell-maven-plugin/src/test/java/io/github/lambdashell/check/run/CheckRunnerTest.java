package io.github.lambdashell.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckRunnerTest {
    @Test
    void aCommandThatMeetsEveryExpectationPasses() {
        List<CheckResult> results = Checks.run("""
                - name: hello
                  run: echo hello; echo oops >&2; exit 3
                  exitCode: 3
                  stdout: hello
                  stderr: {contains: oop, matches: ^oops$, notContains: hello}
                """);

        assertThat(results).extracting(CheckResult::status).containsExactly(Status.PASSED);
    }

    @Test
    void everyExpectationThatDoesNotHoldIsTold() {
        List<CheckResult> results = Checks.run("""
                - name: hello
                  run: echo hello; echo oops >&2; exit 3
                  stdout: bye
                  stderr: {contains: [oops, argh], matches: ^ops, notContains: oop}
                """);

        assertThat(results.get(0).status()).isEqualTo(Status.FAILED);
        assertThat(results.get(0).violations())
                .extracting(Violation::text)
                .containsExactly(
                        "exit code is 3, but expected 0",
                        "stdout is \"hello\", but expected \"bye\"",
                        "stderr does not contain \"argh\"",
                        "stderr has no line that matches ^ops",
                        "stderr contains \"oop\" in line 1, but expected it not to");
    }
}
