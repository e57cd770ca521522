package io.github.lambdashell.console.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.protocol.HandlerResult.Growth;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.protocol.StepEnd;
import io.github.lambdashell.session.Captured;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventOutputTest {
    private static final ProjectHandler HANDLER = new ProjectHandler("com.example.orders.App::handle", false);

    private final Captured shown = new Captured();

    private EventOutput respond(boolean formats, String... chunks) {
        EventOutput output = new EventOutput(shown, formats, HANDLER);
        for (String chunk : chunks) {
            byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
            output.stdout(bytes, 0, bytes.length);
        }
        output.step(new StepEnd("invoke", false, 0, false, Duration.ZERO, Optional.of(result())));
        return output;
    }

    private static HandlerResult result(HandlerResult.Error... errors) {
        return result(List.of(Duration.ofNanos(12_340_000)), Optional.empty(), Optional.empty(), errors);
    }

    private static HandlerResult result(
            List<Duration> durations, Optional<Growth> growth, Optional<String> reason, HandlerResult.Error... errors) {
        return new HandlerResult(
                7,
                Optional.of(Duration.ofMillis(843)),
                Optional.empty(),
                durations,
                errors.length,
                List.of(errors),
                117_440_512,
                growth,
                reason);
    }

    @Test
    void forAPersonJsonIsIndented() {
        respond(true, "{\"a\":{},\"b\":[1.50,", "\"\u00e9\"]}{\"c\":1E+2}");
        assertThat(shown.stdout())
                .isEqualTo("{\n  \"a\": {},\n  \"b\": [\n    1.50,\n    \"\u00e9\"\n  ]\n}\n{\n  \"c\": 1E+2\n}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": ", "[1] and more", "\"tea\"", "plain text", ""})
    void otherResponsesStayAsTheyAre(String response) {
        respond(true, response);
        assertThat(shown.stdout()).isEqualTo(response);
    }

    @Test
    void aLongResponseStaysAsItIs() {
        String response = "[" + "1,".repeat(600_000) + "1]";
        respond(true, response.substring(0, 1_100_000), response.substring(1_100_000));
        assertThat(shown.stdout()).isEqualTo(response);
    }

    @Test
    void forAProgramEveryByteStays() {
        respond(false, "{\"a\":", "1}");
        assertThat(shown.stdout()).isEqualTo("{\"a\":1}");
    }

    @Test
    void oneInvocationHasOneLineOfFigures() {
        assertThat(EventOutput.figures(result(), 1)).containsExactly("12.3 ms, init 843.0 ms, 112 MB used");
    }

    @Test
    void severalInvocationsHaveTheirPercentilesAndGrowth() {
        List<Duration> durations =
                IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList();
        Growth growth = new Growth(2, 0, 2048, OptionalLong.of(-10_240));
        assertThat(EventOutput.figures(result(durations, Optional.of(growth), Optional.empty()), 100))
                .containsExactly(
                        "100 invocations: p50 50.0 ms, p95 95.0 ms, max 100.0 ms, init 843.0 ms, 112 MB used",
                        "growth: descriptors +2, threads +0, /tmp +2 KB, heap -10 KB");
        Growth withoutHeap = new Growth(0, 0, 0, OptionalLong.empty());
        assertThat(EventOutput.figures(
                        result(durations.subList(0, 3), Optional.of(withoutHeap), Optional.of("it is no HotSpot")), 3))
                .containsExactly(
                        "3 invocations: p50 2.0 ms, p95 3.0 ms, max 3.0 ms, init 843.0 ms, 112 MB used",
                        "growth: descriptors +0, threads +0, /tmp +0 KB, heap unknown (it is no HotSpot)");
    }

    @Test
    void anErrorHasTheFirstFrameAndThoseOfTheProject() {
        HandlerResult.Error error = new HandlerResult.Error(
                1,
                "java.lang.IllegalArgumentException",
                "no order",
                List.of(
                        "java.base/java.util.Objects.check(Unknown Source)",
                        "com.example.orders.App.handle(App.java:9)",
                        "java.base/java.lang.reflect.Method.invoke(Method.java:569)"));
        EventOutput output = respond(false);
        assertThat(output.errors(result(error), 1))
                .containsExactly(
                        new EventOutput.Line("java.lang.IllegalArgumentException: no order", EventOutput.Kind.ERROR),
                        new EventOutput.Line(
                                "    at java.base/java.util.Objects.check(Unknown Source)", EventOutput.Kind.FRAME),
                        new EventOutput.Line(
                                "    at com.example.orders.App.handle(App.java:9)", EventOutput.Kind.FRAME),
                        new EventOutput.Line("    ... 1 more in the log", EventOutput.Kind.OMITTED));
        HandlerResult.Error later = new HandlerResult.Error(4, "Sandbox.Timedout", "", List.of());
        assertThat(output.errorLines(result(later, later), 5))
                .containsExactly("Invocation 4: Sandbox.Timedout", "2 of 5 invocations failed");
        HandlerResult.Error start = new HandlerResult.Error(0, "Runtime.ExitError", "exit status 1", List.of());
        assertThat(output.errorLines(result(start), 5))
                .containsExactly("The handler did not start: Runtime.ExitError: exit status 1");
    }

    @Test
    void aResponseWithoutAResultIsAnError() {
        assertThatThrownBy(() -> new EventOutput(shown, true, HANDLER).result(Secrets.literals(List.of())))
                .isInstanceOf(ShellException.class);
    }
}
