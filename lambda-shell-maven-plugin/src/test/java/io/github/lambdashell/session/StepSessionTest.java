package io.github.lambdashell.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.fake.MemoryChannel;
import io.github.lambdashell.protocol.HandlerEvent;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.protocol.ShellFunction;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.target.CommandFaultException;
import io.github.lambdashell.target.DeployedFunction;
import io.github.lambdashell.target.FunctionDescription;
import io.github.lambdashell.target.InvocationReport;
import io.github.lambdashell.target.SideChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Requests with events, and the handler's results in their responses. */
class StepSessionTest {
    private static final String RESULT =
            "{\"type\":\"result\",\"exitCode\":0,\"sandbox\":\"s\",\"invocation\":1,\"durationMillis\":1}";

    private final MemoryChannel objects = new MemoryChannel();
    private final Function function = new Function();

    /** A function that records the request and answers with frames. */
    private final class Function implements DeployedFunction {
        private final ByteArrayOutputStream response = new ByteArrayOutputStream();
        private Optional<SideChannel> channel = Optional.of(objects);
        private JsonNode request;
        private Map<String, byte[]> objectsMeanwhile;

        private Function frame(int kind, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            response.writeBytes(ByteBuffer.allocate(8)
                    .put(0, (byte) kind)
                    .putInt(4, bytes.length)
                    .array());
            response.writeBytes(bytes);
            return this;
        }

        @Override
        public Optional<InvocationReport> invoke(byte[] event, ResponseListener listener) {
            try {
                request = new ObjectMapper().readTree(event);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            objectsMeanwhile = Map.copyOf(objects.stored());
            listener.received(response.toByteArray(), 0, response.size());
            return Optional.empty();
        }

        @Override
        public FunctionDescription describe() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<SideChannel> sideChannel() {
            return channel;
        }
    }

    private StepRunner session() {
        return new StepSession(new ShellFunction(function)).with(new ProjectHandler("com.example.App", true));
    }

    private static Step event(byte[] payload) {
        return Step.event("command", HandlerEvent.of(payload), Duration.ofSeconds(3), true);
    }

    @Test
    void theRequestHasTheHandlerAndItsEvents() throws Exception {
        function.frame(3, RESULT);
        HandlerEvent repeated = new HandlerEvent(
                "{}".getBytes(StandardCharsets.UTF_8), Optional.empty(), Optional.of("{1}"), Optional.of("{2}"), 5, 2);

        session()
                .run(List.of(Step.of("setup", "a"), Step.event("command", repeated, null, false)))
                .close();

        assertThat(function.request).isEqualTo(new ObjectMapper().readTree("""
                {"accept": "frames", "handler": {"name": "com.example.App", "snapStart": true},
                 "steps": [{"name": "setup", "command": "a"},
                   {"name": "command", "event": {"payload": "e30=", "clientContext": "{1}", "identity": "{2}",
                     "invocations": 5, "warmup": 2}}]}"""));
    }

    @Test
    void theResultOfTheHandlerIsThatOfItsStep() throws Exception {
        function.frame(1, "{\"ok\":true}").frame(2, "log").frame(3, """
                {"type": "step", "name": "command", "exitCode": 1, "timedOut": false, "durationMillis": 12,
                 "handler": {"pid": 42, "initMillis": 812.25, "durationsMillis": [1.5, 2], "failed": 1,
                   "errors": [{"invocation": 2, "type": "E", "message": "m", "stackTrace": ["a", "b"]}],
                   "maxMemoryBytes": 1000,
                   "growth": {"descriptors": 1, "threads": -2, "tmpBytes": 3, "heapBytes": 4}}}""").frame(3, RESULT);

        try (StepsResult result = session().run(List.of(event(new byte[0])))) {
            StepResult step = result.steps().get(0);
            assertThat(step.stdout().text(100)).isEqualTo("{\"ok\":true}");
            assertThat(step.stderr().text(100)).isEqualTo("log");
            assertThat(step.handler())
                    .hasValue(new HandlerResult(
                            42,
                            Optional.of(Duration.ofNanos(812_250_000)),
                            Optional.empty(),
                            List.of(Duration.ofNanos(1_500_000), Duration.ofMillis(2)),
                            1,
                            List.of(new HandlerResult.Error(2, "E", "m", List.of("a", "b"))),
                            1000,
                            Optional.of(new HandlerResult.Growth(1, -2, 3, OptionalLong.of(4))),
                            Optional.empty()));
        }
    }

    @Test
    void whatTheHandlersResultDoesNotHaveIsEmpty() throws Exception {
        function.frame(3, """
                {"type": "step", "name": "command", "exitCode": 0, "durationMillis": 1,
                 "handler": {"durationsMillis": [], "failed": 0, "errors": [], "heapReason": "why",
                   "growth": {"descriptors": 0, "threads": 0, "tmpBytes": 0}}}""").frame(3, RESULT);

        try (StepsResult result = session().run(List.of(event(new byte[0])))) {
            HandlerResult handler = result.steps().get(0).handler().orElseThrow();
            assertThat(handler.init()).isEmpty();
            assertThat(handler.growth().orElseThrow().heapBytes()).isEmpty();
            assertThat(handler.heapReason()).hasValue("why");
        }
    }

    @Test
    void aLargeEventTravelsBySideChannelAndIsDeletedAfterwards() throws Exception {
        function.frame(3, RESULT);
        byte[] large = new byte[LargeEvents.MAX_BYTES + 1];

        session().run(List.of(event(large))).close();

        JsonNode sent = function.request.at("/steps/0");
        assertThat(sent.at("/event/url").asText()).isEqualTo("http://localhost/get/key");
        assertThat(sent.at("/event").has("payload")).isFalse();
        assertThat(sent.path("timeoutMillis").asInt()).isEqualTo(3000);
        assertThat(sent.path("skipAfterFailure").asBoolean()).isTrue();
        assertThat(function.objectsMeanwhile).containsEntry("key", large);
        assertThat(objects.stored()).isEmpty();
    }

    @Test
    void aLargeEventWithoutASideChannelIsRefused() {
        function.channel = Optional.empty();

        assertThatThrownBy(() -> session().run(List.of(event(new byte[LargeEvents.MAX_BYTES + 1]))))
                .isInstanceOf(CommandFaultException.class)
                .hasMessageStartingWith(
                        "The event has 3145729 bytes, but a stack without a bucket of its own can pass on"
                                + " at most 3145728. Use a smaller event");
        assertThat(function.request).isNull();
    }
}
