package io.github.lambdashell.check.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.HandlerSteps;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.event.Event;
import io.github.lambdashell.config.tree.ConfigNode;
import io.github.lambdashell.protocol.HandlerEvent;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.protocol.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from a check's event to the request. */
class HandlerRequestTest {
    @TempDir
    private Path directory;

    private List<Check> read(String yaml, Settings settings) throws IOException {
        Path file = Files.writeString(directory.resolve("commands.yaml"), yaml);
        return Checks.read(Optional.empty(), Optional.of(file), settings);
    }

    private Settings goal(String handler) {
        return new Settings(directory, false, Optional.of(handler), false);
    }

    private static String text(HandlerEvent event) {
        return new String(event.payload(), StandardCharsets.UTF_8);
    }

    @Test
    void anEventIsOneStepBetweenSetupAndTeardown() {
        HandlerSteps runner = new HandlerSteps();

        Checks.run("""
                - handler: com.example.App::handle
                  snapStart: true
                  event: {id: 1}
                  clientContext: {client: {installation_id: x}}
                  cognitoIdentity: '{"identityId": "x"}'
                  invocations: 3
                  warmup: 2
                  timeout: 3s
                  setup: a
                  teardown: b
                  files: {path: /tmp/x}
                """, runner);

        assertThat(runner.handlers).containsExactly(new ProjectHandler("com.example.App::handle", true));
        assertThat(runner.steps).extracting(Step::name).containsExactly("setup", "command", "probe", "teardown");
        Step step = runner.steps.get(1);
        HandlerEvent event = step.event().orElseThrow();
        assertThat(text(event)).isEqualTo("{\"id\":1}");
        assertThat(event.clientContext()).hasValue("{\"client\":{\"installation_id\":\"x\"}}");
        assertThat(event.identity()).hasValue("{\"identityId\": \"x\"}");
        assertThat(event.invocations()).isEqualTo(3);
        assertThat(event.warmup()).isEqualTo(2);
        assertThat(step.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(step.skipAfterFailure()).isTrue();
    }

    @Test
    void aChecksOwnHandlerReplacesTheGoals() throws IOException {
        List<Check> checks = read("""
                - {name: own, handler: com.example.Other, event: {}}
                - {name: goal's, event: {}}
                - {name: a command beside it, run: ls}
                - {name: restored, event: {}, snapStart: true}
                """, goal("com.example.App"));

        assertThat(checks)
                .extracting(check -> check.handler().orElseThrow())
                .containsExactly(
                        new ProjectHandler("com.example.Other", false),
                        new ProjectHandler("com.example.App", false),
                        new ProjectHandler("com.example.App", false),
                        new ProjectHandler("com.example.App", true));
        assertThat(read("- {run: ls}", new Settings(directory, false)).get(0).handler())
                .isEmpty();
    }

    @Test
    void anEventIsAFileOrJson() throws IOException {
        Files.createDirectories(directory.resolve("events"));
        Files.writeString(directory.resolve("events/order.json"), "{\"id\": 1.50}");
        List<Check> checks = read("""
                - event: events/order.json
                - event: '{"id": 2}'
                - event: {b: 1.50, a: [[null, true], yes, "1", 1e3, 007], c: {}, long: 12345678901234567890}
                - event: [1, 2]
                - event: [1]
                - event: []
                - event: 5
                - event: '"a text"'
                - event: "null"
                """, goal("com.example.App"));

        assertThat(checks)
                .extracting(check -> text(check.command().event().orElseThrow()))
                .containsExactly(
                        "{\"id\": 1.50}",
                        "{\"id\": 2}",
                        "{\"b\":1.50,\"a\":[[null,true],\"yes\",\"1\",1E+3,\"007\"],\"c\":{},"
                                + "\"long\":12345678901234567890}",
                        "[1,2]",
                        "[1]",
                        "[]",
                        "5",
                        "\"a text\"",
                        "null");
        assertThat(checks.get(0).name()).isEqualTo("event events/order.json");
        assertThat(checks.get(1).command().shown()).isEqualTo("event {\"id\": 2}");
        assertThat(checks.get(2).command().shown())
                .startsWith("event {\"b\":1.50,")
                .hasSizeLessThan(140);
    }

    @Test
    void anEventInAPomIsAFileOrJson() {
        ConfigNode event = new ConfigNode("event", "\n  {\"id\": 1,\n   \"b\": 2}\n", List.of(), "pom.xml");
        ConfigNode command = new ConfigNode("command", null, List.of(event), "pom.xml");
        ConfigNode commands = new ConfigNode("commands", null, List.of(command), "pom.xml");

        Check check = Checks.read(
                        Optional.of(new ConfigNode("", null, List.of(commands), "pom.xml")),
                        Optional.empty(),
                        goal("com.example.App"))
                .get(0);

        assertThat(text(check.command().event().orElseThrow())).isEqualTo("{\"id\": 1,\n   \"b\": 2}");
        assertThat(check.name()).isEqualTo("event {\"id\": 1, \"b\": 2}");
    }

    @Test
    void anEventAboveLambdasLimitIsRefused() throws IOException {
        Files.write(directory.resolve("large.json"), new byte[Event.MAX_BYTES + 1]);

        assertThatThrownBy(() -> read("- event: large.json", goal("com.example.App")))
                .hasMessageContaining("event must be up to 6291456 bytes, Lambda's limit of a request, but ");
    }
}
