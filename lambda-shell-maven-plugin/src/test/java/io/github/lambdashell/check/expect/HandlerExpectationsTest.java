package io.github.lambdashell.check.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.HandlerSteps;
import io.github.lambdashell.protocol.HandlerResult.Error;
import io.github.lambdashell.protocol.HandlerResult.Growth;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Each word of an event's expectations, once met and once missed, with the words of the miss. */
class HandlerExpectationsTest {
    private static final Error FAULT = new Error(
            3, "java.lang.IllegalStateException", "no order", List.of("com.example.App.handleRequest(App.java:7)"));

    private static HandlerSteps handler() {
        return new HandlerSteps();
    }

    @Test
    void theResponseAndTheLogAreStreams() {
        HandlerSteps handler = handler().response("{\"statusCode\":200}").log("one\nSLF4J(W): none\n");

        assertThat(handler.violations("response: {jsonPath: {path: $.statusCode, equals: 200}}, log: {lineCount: 2}"))
                .isEmpty();
        assertThat(handler.violations("response: ok, log: {notContains: SLF4J(W)}"))
                .containsExactly(
                        "response is \"{\"statusCode\":200}\", but expected \"ok\"",
                        "log contains \"SLF4J(W)\" in line 2, but expected it not to");
        assertThat(handler().violations("response: {empty: true}, log: {jsonPath: {path: $.a, equals: 1}}"))
                .containsExactly("log is empty, but expected JSON");
    }

    @Test
    void anErrorIsAFailureUnlessItIsExpected() {
        assertThat(handler().violations("")).isEmpty();
        assertThat(handler().violations("error: none")).isEmpty();
        Error only = new Error(1, "Runtime.ExitError", "", List.of());
        assertThat(handler().errors(only).violations("error: none"))
                .containsExactly("the invocation failed with Runtime.ExitError");
        HandlerSteps many = handler().durationsMillis(new long[200]).errors(FAULT, FAULT);
        assertThat(many.violations("invocations: 200"))
                .containsExactly("invocation 3 of 200 failed with java.lang.IllegalStateException: no order,"
                        + " and 1 more invocation failed");
        assertThat(many.failed(150).violations("invocations: 200, warmup: 5"))
                .containsExactly("invocation 3 of 205 (warm-up) failed with java.lang.IllegalStateException: no order,"
                        + " and 149 more invocations failed");
    }

    @Test
    void theFirstErrorIsCompared() {
        HandlerSteps handler = handler().errors(FAULT, new Error(4, "Other", "", List.of()));

        assertThat(handler.violations("invocations: 1, error: {type: java.lang.IllegalStateException,"
                        + " message: {contains: order}, stackTrace: {matches: '^com\\.example\\.App'}}"))
                .isEmpty();
        assertThat(handler.violations("error: {type: Other, message: {contains: item}, stackTrace: {lineCount: 2}}"))
                .containsExactly(
                        "error type is \"java.lang.IllegalStateException\", but expected \"Other\"",
                        "error message does not contain \"item\"",
                        "the number of lines of error stackTrace is 1, but expected 2");
        assertThat(handler().violations("error: {type: Other}")).containsExactly("error is none, but expected one");
    }

    @Test
    void aTimeoutEndsOneInvocation() {
        Error timeout = new Error(2, Error.TIMEOUT, "Task timed out", List.of());

        assertThat(handler().durationsMillis(10, 3000, 10).errors(timeout).violations("invocations: 3, timeout: 3s"))
                .containsExactly("invocation 2 of 3 was ended by its timeout of 3 s");
        assertThat(handler().durationsMillis(10, 3000).errors(timeout).violations("invocations: 3, timeout: 3s"))
                .containsExactly(
                        "invocation 2 of 3 was ended by the function's timeout (lshell.timeout)",
                        "only 2 of 3 invocations ran before the function's timeout (lshell.timeout)");
        Error only = new Error(1, Error.TIMEOUT, "", List.of());
        assertThat(handler().errors(only).violations(""))
                .containsExactly("the invocation was ended by the function's timeout (lshell.timeout)");
        assertThat(handler().errors(only).violations("timeout: 3s, error: {type: Sandbox.Timedout}"))
                .isEmpty();
    }

    @Test
    void aFailedInitializationIsOneViolation() {
        HandlerSteps handler = handler()
                .durationsMillis()
                .errors(new Error(0, "java.lang.ClassNotFoundException", "com.example.App. Not there", List.of()));

        assertThat(handler.violations("invocations: 5, response: ok, handlerInit: {le: 3s}, growth: {threads: 0}"))
                .containsExactly("the handler could not be initialized: java.lang.ClassNotFoundException:"
                        + " com.example.App. Not there");
        assertThat(handler.violations("response: ok, error: {type: java.lang.ClassNotFoundException}"))
                .isEmpty();
    }

    @Test
    void theStartOfTheHandlerIsMeasuredOnlyWhereItHappened() {
        assertThat(handler().violations("handlerInit: {le: 800ms}")).isEmpty();
        assertThat(handler().violations("handlerInit: {lt: 0.8s}"))
                .containsExactly("handlerInit is 800 ms, but expected less than 800 ms");
        assertThat(handler().warm().violations("handlerInit: {le: 3s}"))
                .containsExactly("handlerInit is unknown: an earlier check started the handler; set isolate: true");
        assertThat(handler()
                        .restored(Duration.ofMillis(90))
                        .violations("snapStart: true, restoreDuration: {gt: 100ms}"))
                .containsExactly("restoreDuration is 90 ms, but expected more than 100 ms");
        assertThat(handler().violations("restoreDuration: {le: 1s}"))
                .containsExactly("restoreDuration is unknown: there was no restore in this check; set snapStart: true,"
                        + " and isolate: true where an earlier check started the handler");
    }

    @Test
    void percentilesAreNearestRank() {
        long[] oneToTwenty = new long[20];
        for (int i = 0; i < 20; i++) {
            oneToTwenty[i] = 20 - i;
        }
        HandlerSteps handler = handler().durationsMillis(oneToTwenty);

        assertThat(handler.violations(
                        "invocations: 20, duration: {p50: {ge: 10ms, le: 10ms}, p95: {ge: 19ms, le: 19ms},"
                                + " max: {ge: 20ms, le: 20ms}}"))
                .isEmpty();
        assertThat(handler().violations("duration: {p50: {lt: 1.5ms}, p95: {le: 1.4ms}, max: {gt: 2s}}"))
                .as("of one duration")
                .containsExactly(
                        "duration max is 1.5 ms, but expected more than 2 s",
                        "duration p50 is 1.5 ms, but expected less than 1.5 ms",
                        "duration p95 is 1.5 ms, but expected at most 1.4 ms");
    }

    @Test
    void memoryIsComparedInMegabytes() {
        assertThat(handler().violations("maxMemory: {le: 100}")).isEmpty();
        assertThat(handler().maxMemory((100 << 20) + 512 * 1024).violations("maxMemory: {le: 100MB}"))
                .containsExactly("maxMemory is 100.5 MB, but expected at most 100 MB");
        assertThat(handler().maxMemory(0).violations("maxMemory: {le: 100MB}"))
                .containsExactly("maxMemory is unknown: the handler's process could not be measured");
    }

    @Test
    void growthIsBetweenTheFirstAndTheLastInvocation() {
        String all = "invocations: 2, growth: {descriptors: {le: 2}, threads: 0, tmp: {le: 1MB}, heap: {le: 5MB}}";
        Growth little = new Growth(2, 0, -100, OptionalLong.of(5 << 20));
        Growth much = new Growth(3, -1, 3 << 19, OptionalLong.of((5 << 20) + 1));

        assertThat(handler().durationsMillis(1, 1).growth(little).violations(all))
                .isEmpty();
        assertThat(handler().durationsMillis(1, 1).growth(much).violations(all))
                .containsExactly(
                        "growth of descriptors is 3, but expected at most 2",
                        "growth of threads is -1, but expected 0",
                        "growth of tmp is 1.5 MB, but expected at most 1 MB",
                        "growth of heap is 5 MB, but expected at most 5 MB");
        assertThat(handler().durationsMillis(1, 1).violations("invocations: 2, growth: {heap: {le: 1}, threads: 0}"))
                .containsExactly(
                        "growth of threads is unknown: the handler's process did not survive the invocations",
                        "growth of heap is unknown: the handler's process did not survive the invocations");
        assertThat(handler()
                        .durationsMillis(1, 1)
                        .growth(new Growth(0, 0, 0, OptionalLong.empty()))
                        .heapReason("the JVM has no jcmd")
                        .violations("invocations: 2, growth: {heap: {le: 1}}"))
                .containsExactly("growth of heap is unknown: the JVM has no jcmd");
    }

    @Test
    void secretsAreMaskedInErrors() {
        CheckResult result = Checks.run(
                        "- {handler: com.example.App, event: '\"" + Checks.SECRET + "\"'}",
                        handler()
                                .errors(new Error(
                                        1, "E", "no " + Checks.SECRET, List.of("at " + Checks.SECRET + ".java"))))
                .get(0);

        assertThat(result.toString()).contains("no ***").doesNotContain(Checks.SECRET);
        assertThat(result.run()
                        .orElseThrow()
                        .handler()
                        .orElseThrow()
                        .errors()
                        .get(0)
                        .stackTrace())
                .containsExactly("at ***.java");
    }
}
