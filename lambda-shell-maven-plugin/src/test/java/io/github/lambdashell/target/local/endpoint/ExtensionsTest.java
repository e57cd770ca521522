package io.github.lambdashell.target.local.endpoint;

import static io.github.lambdashell.target.local.endpoint.InvocationTest.log;
import static io.github.lambdashell.target.local.endpoint.InvocationTest.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.NetworkMode;
import io.github.lambdashell.target.local.endpoint.LocalFunctions.Settings;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Programs in /opt/extensions, which are small ones in bash and in Java, at both levels of isolation. */
@ParameterizedClass
@EnumSource(
        value = IsolationMode.class,
        names = {"NONE", "AUTO"})
@Timeout(60)
class ExtensionsTest {
    /** Registers, and prints the events; behaves badly as the function's variable says. */
    private static final String RECORDER = """
            #!/bin/bash
            count=0
            api=http://$AWS_LAMBDA_RUNTIME_API/2020-01-01/extension
            [ "$MODE" != exit-at-once ] || exit 3
            answer=$(curl -si -H "Lambda-Extension-Name: ${0##*/}" -H 'Lambda-Extension-Accept-Feature: accountId' \\
                -d '{"events":["INVOKE","SHUTDOWN"]}' "$api/register")
            id=${answer#*Lambda-Extension-Identifier: }
            id="Lambda-Extension-Identifier: ${id%%$'\\r'*}"
            echo "registered: ${answer##*$'\\n'}"
            echo "handler: $_HANDLER, function: $AWS_LAMBDA_FUNCTION_NAME"
            if [ "$MODE" = init-error ]; then
                curl -s -d '{}' -H "$id" -H 'Lambda-Extension-Function-Error-Type: Extension.NoKey' "$api/init/error"
                exit 1
            fi
            while event=$(curl -s -H "$id" "$api/event/next"); do
                echo "event: $event"
                count=$((count + 1))
                [ "$MODE $count" != 'crash 2' ] || exit 0
                if [ "$MODE $count" = 'exit-error 2' ]; then
                    curl -s -d '{}' -H "$id" -H 'Lambda-Extension-Function-Error-Type: Extension.Full' "$api/exit/error"
                    exit 5
                fi
                sleep "${SLOW:-0}"
                echo finished
                case $event in *SHUTDOWN*) exit 0 ;; esac
            done
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameter
    private IsolationMode isolation;

    private NetworkMode network = NetworkMode.AUTO;

    @TempDir
    private Path directory;

    private LocalFunctions functions;

    @AfterEach
    void close() {
        if (functions != null) {
            functions.close();
        }
    }

    private Path extension(String name, String text, String mode) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("layer/extensions"));
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private Settings withLayer() throws IOException {
        Files.createDirectories(directory.resolve("layer"));
        functions = new LocalFunctions(
                directory,
                new SandboxOptions(
                        10,
                        new LocalConfig(
                                isolation,
                                network,
                                List.of(),
                                null,
                                List.of(),
                                Map.of("tools", directory.resolve("layer")))));
        Settings settings = new Settings();
        settings.layers = List.of("arn:aws:lambda:us-east-1:123456789012:layer:tools:1");
        return settings;
    }

    private Settings withRecorder() throws IOException {
        extension("recorder", RECORDER, "rwxr-xr-x");
        return withLayer();
    }

    /** Returns all that the functions have written. */
    private String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        try (var files = Files.list(directory.resolve("state/logs/raw"))) {
            for (Path file : files.sorted().toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    @Test
    void anExtensionIsStartedBeforeTheRuntimeAndToldOfEachInvocationAndOfTheEnd() throws IOException {
        Settings settings = withRecorder();
        String arn = functions.raw(settings).arn();

        assertThat(payload(functions.invoke("{\"do\":\"pid\"}"))).endsWith(" 1\"");
        InvokeResponse second = functions.invoke("{\"do\":\"pid\"}");
        assertThat(payload(second)).endsWith(" 2\"");
        // The runtime and the extension write at the same time.
        assertThat(log(second))
                .containsSubsequence("START RequestId: ", "doing pid", "END RequestId: ")
                .containsSubsequence(
                        "START RequestId: ",
                        "\"requestId\":\"" + second.responseMetadata().requestId(),
                        "finished",
                        "END RequestId: ");
        functions.close();

        assertThat(logs())
                .containsSubsequence(
                        "INIT_START",
                        "registered: {\"functionName\":\"raw\",\"functionVersion\":\"$LATEST\",\"handler\":\"unused\","
                                + "\"accountId\":\"000000000000\"}",
                        "handler: , function: raw",
                        "EXTENSION\tName: recorder\tState: Ready\tEvents: [INVOKE,SHUTDOWN]",
                        "START RequestId: ",
                        "event: {\"eventType\":\"INVOKE\",\"deadlineMs\":",
                        "\"invokedFunctionArn\":\"" + arn
                                + "\",\"tracing\":{\"type\":\"X-Amzn-Trace-Id\",\"value\":\"Root=1-",
                        "REPORT RequestId: ",
                        "event: {\"eventType\":\"INVOKE\",",
                        "event: {\"eventType\":\"SHUTDOWN\",\"shutdownReason\":\"spindown\",\"deadlineMs\":",
                        "finished");
    }

    @Test
    void anInvocationEndsWhenItsExtensionsHaveFinished() throws IOException {
        Settings settings = withRecorder();
        functions.raw(settings.with("SLOW", "0.4"));

        InvokeResponse response = functions.invoke("{\"do\":\"pid\"}");

        assertThat(log(response)).containsSubsequence("\"eventType\":\"INVOKE\"", "finished", "END RequestId: ");
    }

    @Test
    void anExtensionThatEndsDuringTheInitializationFailsTheInvocation() throws IOException {
        Settings settings = withRecorder();
        functions.raw(settings.with("MODE", "exit-at-once"));

        InvokeResponse response = functions.invoke("{}");

        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(payload(response))
                .isEqualTo("{\"errorType\":\"Extension.Crash\",\"errorMessage\":\"RequestId: "
                        + response.responseMetadata().requestId() + " Error: exit status 3\"}");
        assertThat(log(response))
                .contains("EXTENSION\tName: recorder\tState: Started\tEvents: []")
                .contains(" Error: exit status 3\nExtension.Crash\n")
                .contains("Status: error\tError Type: Extension.Crash");
    }

    @Test
    void anErrorThatAnExtensionReportsDuringTheInitializationFailsTheInvocation() throws IOException {
        Settings settings = withRecorder();
        functions.raw(settings.with("MODE", "init-error"));

        InvokeResponse response = functions.invoke("{}");

        assertThat(payload(response)).contains("\"Extension.InitError\"").contains(" Error: exit status 1\"");
        assertThat(log(response))
                .contains("{\"status\":\"OK\"}")
                .contains("EXTENSION\tName: recorder\tState: InitError\tEvents: [INVOKE,SHUTDOWN]"
                        + "\tError Type: Extension.NoKey");
    }

    @ParameterizedTest
    @CsvSource({"crash, Extension.Crash, exit code 0", "exit-error, Extension.ExitError, exit status 5"})
    void anExtensionThatEndsDuringAnInvocationFailsItAndIsStartedAgain(String mode, String type, String message)
            throws IOException {
        Settings settings = withRecorder();
        functions.raw(settings.with("MODE", mode));
        assertThat(payload(functions.invoke("{\"do\":\"pid\"}"))).endsWith(" 1\"");

        InvokeResponse crashed = functions.invoke("{\"do\":\"sleep\",\"value\":\"20000\"}");
        assertThat(payload(crashed)).contains("\"" + type + "\"").contains(" Error: " + message + "\"");
        assertThat(log(crashed)).contains("Status: error\tError Type: " + type);

        InvokeResponse next = functions.invoke("{\"do\":\"pid\"}");
        assertThat(payload(next)).endsWith(" 1\"");
        assertThat(log(next)).contains("Init Duration: ").contains("State: Ready");

        InvokeResponse late = functions.invoke("{\"do\":\"pid\"}");
        assertThat(payload(late))
                .as("answered before the extension ended, or not")
                .containsAnyOf(" 2\"", type);
        assertThat(log(late)).contains("Status: error\tError Type: " + type);
    }

    @Test
    void aProgramThatCannotBeStartedFailsTheInvocation() throws IOException {
        Settings settings = withLayer();
        functions.raw(settings);
        Path file = extension("broken", "#!/nonexistent/interpreter\n", "rwxr-xr-x");
        assertThat(launchError()).isEqualTo("fork/exec /opt/extensions/broken: no such file or directory");
        functions.close();

        settings = withLayer();
        functions.raw(settings);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(launchError()).isEqualTo("fork/exec /opt/extensions/broken: permission denied");
        functions.close();

        settings = withLayer();
        functions.raw(settings);
        extension("broken", "no program", "rwxr-xr-x");
        assertThat(launchError()).isEqualTo("fork/exec /opt/extensions/broken: exec format error");
    }

    private String launchError() throws IOException {
        JsonNode error = JSON.readTree(payload(functions.invoke("{}")));
        assertThat(error.path("errorType").textValue()).isEqualTo("Extension.LaunchError");
        return error.path("errorMessage").textValue().replaceFirst(".* Error: ", "");
    }

    @Test
    void anExtensionIsToldWhyTheSandboxEnds() throws IOException {
        Settings settings = withRecorder();
        functions.raw(settings.timeout(1));

        InvokeResponse slow = functions.invoke("{\"do\":\"sleep\",\"value\":\"30000\"}");
        assertThat(payload(slow)).contains("Task timed out after 1.00 seconds");
        assertThat(log(slow)).contains("\"eventType\":\"SHUTDOWN\",\"shutdownReason\":\"timeout\"");

        InvokeResponse crashed = functions.invoke("{\"do\":\"exit\",\"value\":\"9\"}");
        assertThat(payload(crashed)).contains("Runtime exited with error: exit status 9");
        assertThat(log(crashed)).contains("\"eventType\":\"SHUTDOWN\",\"shutdownReason\":\"failure\"");
    }

    @Test
    void theRuntimeIsAskedToEndBeforeItsExtensions() throws IOException {
        Settings settings = withRecorder();
        functions.raw(settings.with("BOOT", "hook"));
        functions.invoke("{\"do\":\"pid\"}");
        functions.close();

        assertThat(logs()).contains("shutdown hook").contains("\"shutdownReason\":\"spindown\"");
    }

    /** Makes requests that are refused, one of the runtime's own process and one after the initialization. */
    @Test
    void requestsThatTheApisRefuseAreAnsweredInTheWordsOfAws() throws IOException {
        extension("wrong", """
                #!/bin/bash
                api=http://$AWS_LAMBDA_RUNTIME_API
                x=$api/2020-01-01/extension
                curl -s -d '{"events":[]}' $x/register
                curl -s -d 'no JSON' -H 'Lambda-Extension-Name: wrong' $x/register
                curl -s -d '{"events":["SLEEP"]}' -H 'Lambda-Extension-Name: wrong' $x/register
                curl -s $x/event/next
                curl -s -H 'Lambda-Extension-Identifier: 1' $x/event/next
                curl -s -H 'Lambda-Extension-Identifier: 00000000-0000-4000-8000-000000000000' $x/event/next
                curl -s -d '{"events":["SHUTDOWN"]}' -H 'Lambda-Extension-Name: "internal"' $x/register
                answer=$(curl -si -d '{"events":["INVOKE"]}' -H 'Lambda-Extension-Name: wrong' $x/register)
                id=${answer#*Lambda-Extension-Identifier: }
                id="Lambda-Extension-Identifier: ${id%%$'\\r'*}"
                curl -s -d '{"events":["INVOKE"]}' -H 'Lambda-Extension-Name: wrong' $x/register
                curl -s -d '{}' -H "$id" $x/init/error
                curl -s -X PUT -d '{"schemaVersion":"1"}' -H "$id" $api/2022-07-01/telemetry
                curl -s -X PUT -d '{}' -H "$id" $api/2020-08-15/logs
                curl -s -H "$id" $x/nothing
                curl -s -H "$id" $x/event/next >/dev/null
                curl -s -d '{}' -H "$id" -H 'Lambda-Extension-Function-Error-Type: A.B' $x/init/error
                curl -s -X PUT -d '{}' -H "$id" $api/2022-07-01/telemetry
                curl -s -d '{"events":["INVOKE"]}' -H 'Lambda-Extension-Name: late' $x/register
                curl -s -H "$id" $x/event/next
                """, "rwxr-xr-x");
        Settings settings = withLayer();
        functions.raw(settings);

        String id = "[0-9a-f-]{36}";
        assertThat(log(functions.invoke("{\"do\":\"pid\"}")).lines().filter(line -> line.startsWith("{")))
                .map(line -> line.replaceFirst("\\{\"errorMessage\":\"(.*)\",\"errorType\":\"(.*)\"}", "$2: $1")
                        .replaceFirst(id, "ID"))
                .containsExactly(
                        "Extension.InvalidExtensionName: Empty extension name",
                        "InvalidRequestFormat: The body must be JSON such as {\\\"events\\\":[\\\"INVOKE\\\"]}",
                        "Extension.InvalidEventType: SLEEP: ErrorInvalidEventType",
                        "Extension.MissingExtensionIdentifier: Missing Lambda-Extension-Identifier header",
                        "Extension.InvalidExtensionIdentifier: Invalid Lambda-Extension-Identifier",
                        "Extension.UnknownExtensionIdentifier: Unknown extension ID",
                        "Extension.InvalidEventType: SHUTDOWN: ShutdownEventNotSupportedForInternalExtension",
                        "Extension.InvalidExtensionState: State transition from Registered to Registered failed for"
                                + " extension wrong. Error: State transition is not allowed",
                        "Extension.MissingHeader: Lambda-Extension-Function-Error-Type not found",
                        "ValidationError: schemaVersion must be one of 2022-07-01, 2022-12-13, 2025-01-29",
                        "Logs.NotSupported: Logs API is not supported",
                        "NotFound: No such operation of the Runtime API",
                        "Extension.InvalidExtensionState: State transition from Running to InitError failed for"
                                + " extension ID. Error: State transition is not allowed",
                        "Telemetry.SubscriptionClosed: Telemetry API subscription is closed already",
                        "Extension.RegistrationClosed: Extension registration closed already");
    }

    @Test
    void anInternalExtensionIsToldOfInvocations() throws IOException {
        Settings settings = withLayer();
        functions.raw(settings.with("AWS_LAMBDA_EXEC_WRAPPER", "/var/task/with-internal"));
        Path code = directory.resolve("code-raw");
        LocalFunctions.script(code.resolve("with-internal"), """
                x=http://$AWS_LAMBDA_RUNTIME_API/2020-01-01/extension
                id=$(curl -si -d '{"events":["INVOKE"]}' -H 'Lambda-Extension-Name: internal' $x/register |
                    grep Identifier | tr -d '\\r')
                while curl -s -H "$id" $x/event/next; do echo; done &
                exec "${0%/*}/start" "$@"
                """);

        InvokeResponse response = functions.invoke("{\"do\":\"pid\"}");

        assertThat(payload(response)).endsWith(" 1\"");
        assertThat(log(response))
                .contains("EXTENSION\tName: internal\tState: Ready\tEvents: [INVOKE]")
                .contains("{\"eventType\":\"INVOKE\"");
    }

    @Test
    void telemetryIsReceivedOverHttp() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String batch : telemetry("HTTP", "sandbox.localdomain")) {
            JSON.readTree(batch).forEach(events::add);
        }

        assertThat(events)
                .extracting(event -> event.path("type").textValue())
                .as("runtime and extensions start at the same time")
                .containsSubsequence("platform.initStart", "platform.initRuntimeDone", "platform.initReport")
                .containsSubsequence(
                        "platform.initStart",
                        "platform.telemetrySubscription",
                        "platform.extension",
                        "platform.initReport",
                        "platform.start",
                        "function",
                        "platform.runtimeDone",
                        "platform.report",
                        "platform.start",
                        "function",
                        "platform.runtimeDone",
                        "platform.report");
        assertThat(events)
                .filteredOn(event -> event.path("type").textValue().equals("function"))
                .extracting(event -> event.path("record").textValue())
                .as("without lines of the platform and of the extension")
                .containsExactly("doing pid", "doing pid");
        assertThat(events)
                .filteredOn(event -> event.path("type").textValue().equals("platform.report"))
                .first()
                .satisfies(report -> {
                    assertThat(report.path("time").textValue()).matches("20\\d\\d-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}Z");
                    assertThat(report.at("/record/status").textValue()).isEqualTo("success");
                    assertThat(report.at("/record/metrics/memorySizeMB").intValue())
                            .isEqualTo(256);
                    assertThat(report.at("/record/metrics/initDurationMs").doubleValue())
                            .isPositive();
                });
    }

    @Test
    void telemetryIsReceivedOverTcp() throws IOException {
        assertThat(telemetry("TCP", "0.0.0.0"))
                .extracting(line -> JSON.readTree(line).path("type").textValue())
                .containsSubsequence("platform.start", "function", "platform.runtimeDone", "platform.report");
    }

    @Test
    void telemetryIsReceivedOnTheNetworkOfTheMachine() throws IOException {
        assumeTrue(isolation == IsolationMode.AUTO);
        network = NetworkMode.HOST;

        assertThat(telemetry("TCP", "sandbox.localdomain")).isNotEmpty();
    }

    /** Returns what an extension in Java, which listens at a host, has received in two invocations. */
    private List<String> telemetry(String protocol, String host) throws IOException {
        // The name is known only where the sandbox has files of its own.
        String listener = isolation == IsolationMode.NONE ? "127.0.0.1" : host;
        extension(
                "telemetry",
                "#!/bin/sh\nexec java -cp \"${0%/*}/../classes\" " + TelemetryExtension.class.getName()
                        + " \"${0##*/}\" " + protocol + " " + listener + "\n",
                "rwxr-xr-x");
        LocalFunctions.copyClasses(directory.resolve("layer/classes"), TelemetryExtension.class);
        Settings settings = withLayer();
        functions.raw(settings);
        assertThat(payload(functions.invoke("{\"do\":\"pid\"}"))).endsWith(" 1\"");
        assertThat(payload(functions.invoke("{\"do\":\"pid\"}"))).endsWith(" 2\"");
        functions.close();
        assertThat(logs()).contains("subscribed: 200 \"OK\"").contains("listening on " + listener);
        return logs().lines()
                .filter(line -> line.startsWith("received: "))
                .map(line -> line.substring(10))
                .toList();
    }
}
