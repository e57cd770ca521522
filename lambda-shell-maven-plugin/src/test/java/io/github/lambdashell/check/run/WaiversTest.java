package io.github.lambdashell.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.config.ShellException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaiversTest {
    private static final String FAILS =
            "[{name: fails, run: exit 1, waive: {until: 2027-01-31, reason: the image is too old}}]";

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-29T12:00:00Z", "2027-01-31T00:00:00Z", "2027-01-31T23:59:59.999Z"})
    void aFailureIsWaivedUntilTheEndOfTheDay(String time) {
        CheckReport report = Checks.runAt(time, FAILS);

        CheckResult result = report.results().get(0);
        assertThat(result.status()).isEqualTo(Status.WAIVED);
        assertThat(result.reason()).isEqualTo("waived until 2027-01-31 (UTC): the image is too old");
        assertThat(result.violations()).containsExactly(Violation.of("exit code is 1, but expected 0"));
        assertThat(report.failed()).isFalse();
        assertThat(report.summary()).startsWith("1 check: 0 passed, 1 waived (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2027-02-01T00:00:00Z", "2028-01-01T00:00:00Z"})
    void aFailureAfterTheDayIsAFailureThatNamesTheWaiver(String time) {
        CheckReport report = Checks.runAt(time, FAILS);

        CheckResult result = report.results().get(0);
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.violations())
                .extracting(Violation::text)
                .containsExactly(
                        "the waiver until 2027-01-31 (UTC) has ended: the image is too old; correct the cause, or extend"
                                + " the waiver",
                        "exit code is 1, but expected 0");
        assertThat(report.failed()).isTrue();
    }

    @Test
    void aPassSaysThatTheWaiverCanBeRemoved() {
        CheckResult result = Checks.run("[{run: exit 0, waive: {until: 2027-01-31, reason: old}}]")
                .get(0);

        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(result.reason()).isEqualTo("the check passes, so its waiver until 2027-01-31 can be removed: old");
    }

    @Test
    void onlyAFailureIsWaived() {
        List<CheckResult> results = Checks.run("[{run: 'true', waive: {until: 2099-01-31, reason: old}}]", steps -> {
            throw new ShellException("The function does not answer", "Look at its log");
        });

        assertThat(results).extracting(CheckResult::status).containsExactly(Status.ERROR);
    }

    @Test
    void aWaivedFailureDoesNotStopARunThatFailsFast() {
        List<CheckResult> results = Checks.run(
                "[{name: a, run: exit 1, waive: {until: 2099-01-31, reason: old}}, {name: b, run: exit 0}]",
                new LocalShell(),
                1,
                true);

        assertThat(results).extracting(CheckResult::status).containsExactly(Status.WAIVED, Status.PASSED);
    }

    @Test
    void theReasonHasNoSecrets() {
        assertThat(Checks.run("[{run: exit 1, waive: {until: 2099-01-31, reason: of s3cr3t-value}}]")
                        .get(0)
                        .reason())
                .isEqualTo("waived until 2099-01-31 (UTC): of ***");
    }
}
