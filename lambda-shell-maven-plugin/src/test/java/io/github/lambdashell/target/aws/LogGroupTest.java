package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.FaultyEndpoint;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.target.FunctionLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogGroupTest {
    private static final String GROUP = "demo-loggroup-abc123";
    private static final long NOON = Instant.parse("2026-11-29T12:00:00Z").toEpochMilli();

    @RegisterExtension
    private final Account account = new Account();

    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void deployed() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.aws().logs().create(GROUP);
    }

    @Test
    void isReadFromPageToPage() {
        for (int i = 0; i < 7; i++) {
            add("stream-" + i % 2, i, "line " + i + "\n");
        }

        open(Optional.empty()).next(true, this::keep);

        assertThat(lines)
                .hasSize(7)
                .startsWith("stream-0 2026-11-29T12:00:00Z line 0")
                .endsWith("stream-0 2026-11-29T12:00:06Z line 6");
        assertThat(account.endpoint().count("FilterLogEvents")).isGreaterThan(3);
    }

    @Test
    void reportsOfALogInJsonAreShownAsText() {
        add(
                "s",
                0,
                "{\"type\":\"platform.report\",\"record\":{\"requestId\":\"a\",\"status\":\"success\",\"metrics\":"
                        + "{\"durationMs\":1.5,\"billedDurationMs\":2,\"memorySizeMB\":512,\"maxMemoryUsedMB\":90}}}\n");
        add("s", 1, "{\"level\":\"INFO\",\"message\":\"hello\"}\n");

        open(Optional.empty()).next(true, this::keep);

        assertThat(lines)
                .containsExactly(
                        "s 2026-11-29T12:00:00Z REPORT RequestId: a\tDuration: 1.50 ms\tBilled Duration: 2 ms\t"
                                + "Memory Size: 512 MB\tMax Memory Used: 90 MB\t",
                        "s 2026-11-29T12:00:01Z {\"level\":\"INFO\",\"message\":\"hello\"}");
    }

    @Test
    void isReadSinceATime() {
        add("s", 0, "old");
        add("s", 60, "new");

        open(Optional.of(Instant.ofEpochMilli(NOON).plusSeconds(30))).next(true, this::keep);

        assertThat(lines).containsExactly("s 2026-11-29T12:01:00Z new");
    }

    @Test
    void isFollowedWithoutRepetitionsAlsoWhereEventsArriveLate() {
        FunctionLog log = open(Optional.empty());
        add("s", 0, "first");
        add("s", 50, "second");
        log.next(false, this::keep);
        add("other", 40, "late");
        add("s", 51, "third");

        log.next(false, this::keep);
        log.next(false, this::keep);

        assertThat(lines)
                .containsExactly(
                        "s 2026-11-29T12:00:00Z first",
                        "s 2026-11-29T12:00:50Z second",
                        "other 2026-11-29T12:00:40Z late",
                        "s 2026-11-29T12:00:51Z third");
    }

    @Test
    void isAskedForLessOftenWhileNothingIsWritten() {
        FunctionLog log = open(Optional.empty());
        log.next(false, this::keep);
        Duration first = log.pause();
        for (int i = 0; i < 20; i++) {
            log.next(false, this::keep);
        }
        assertThat(log.pause()).isGreaterThan(first).isEqualTo(Duration.ofSeconds(10));
        add("s", 0, "line");

        log.next(false, this::keep);

        assertThat(log.pause()).isLessThan(first);
    }

    @Test
    void endsWithTheStackThatIsFollowed() {
        FunctionLog log = open(Optional.empty());
        assertThat(log.next(false, this::keep)).isTrue();
        account.aws().logs().delete(GROUP);

        assertThat(log.next(false, this::keep)).isFalse();
    }

    @Test
    void thatWasDeletedIsReported() {
        account.aws().logs().delete(GROUP);

        assertThatThrownBy(() -> open(Optional.empty()).next(true, this::keep))
                .isInstanceOf(ShellException.class)
                .hasMessage("The log group " + GROUP + " of the stack demo does not exist. It was deleted by something"
                        + " else; run lshell:teardown and lshell:deploy to create it again.");
    }

    @Test
    void thatTheStackDoesNotHaveIsReported() {
        account.stacks().hideOutput("LogGroup");

        assertThatThrownBy(() -> open(Optional.empty()))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("The stack demo is CREATE_COMPLETE and has no log group");
    }

    @Test
    void ofNoStackIsNone() {
        assertThat(account.target().log("other", Optional.empty())).isEmpty();
    }

    @Test
    void ofAStackOfOthersIsRefused() {
        account.stacks().find("demo").orElseThrow().tags().clear();

        assertThatThrownBy(() -> open(Optional.empty()))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("was not created by this plugin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not allowed | AWS answered AccessDeniedException, not allowed",
                "User: arn:aws:iam::1:user/eve is not authorized to perform: logs:FilterLogEvents on resource: g because"
                        + " no identity-based policy allows the logs:FilterLogEvents action"
                        + " | arn:aws:iam::1:user/eve may not do logs:FilterLogEvents on g, because"
            })
    void thatMayNotBeReadIsReportedWithTheAction(String message, String problem) {
        account.endpoint()
                .fault(
                        "FilterLogEvents",
                        FaultyEndpoint.EVERY_CALL,
                        Fault.answer(HttpAnswer.of(
                                400,
                                "application/x-amz-json-1.1",
                                "{\"__type\":\"AccessDeniedException\",\"message\":\"" + message + "\"}")));

        assertThatThrownBy(() -> open(Optional.empty()).next(true, this::keep))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("Can't read the log group " + GROUP + " (logs:FilterLogEvents): " + problem)
                .hasMessageContaining("the plugin's page on AWS holds a policy");
    }

    private void add(String stream, int second, String message) {
        account.aws().logs().add(GROUP, stream, NOON + second * 1000L, message);
    }

    private FunctionLog open(Optional<Instant> since) {
        return account.target().log("demo", since).orElseThrow();
    }

    private void keep(FunctionLog.Entry entry) {
        lines.add(entry.stream() + " " + entry.time().orElseThrow() + " " + entry.text());
    }
}
