package io.github.lambdashell.target.local.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.endpoint.LocalFunctions.Settings;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * One set of requests, answered by our endpoint and compared with what AWS answered: status, headers, payload and every
 * line that the platform writes to the log.
 */
@Timeout(120)
class RecordedFromAwsTest {
    @Test
    void everyAnswerIsTheOneThatAwsGave(@TempDir Path directory) throws IOException {
        String recorded = recorded();
        StringBuilder ours = new StringBuilder();
        try (LocalFunctions functions = new LocalFunctions(directory, SandboxOptions.DEFAULT)) {
            functions.raw(new Settings().timeout(3));
            for (String section : recorded.split("(?m)^== ")) {
                if (!section.isBlank()) {
                    String[] lines = section.split("\n", 3);
                    ours.append("== " + lines[0] + "\n" + lines[1] + "\n");
                    ours.append(describe(functions.invoke(lines[1]))).append('\n');
                }
            }
        }
        assertThat(ours.toString().strip()).isEqualTo(recorded.strip());
    }

    /** As recorded in provided.al2023, with what managed runtimes set besides. */
    @Test
    void theVariablesAreLambdasAndNoOthers(@TempDir Path directory) throws IOException {
        try (LocalFunctions functions = new LocalFunctions(directory, SandboxOptions.DEFAULT)) {
            functions.raw(new Settings().with("OWN", "value"));
            String environment = InvocationTest.payload(functions.invoke("{\"do\":\"environment\"}"));

            assertThat(environment.replace("\"", "").split("\\\\n"))
                    .extracting(variable -> variable.replaceFirst("=.*", ""))
                    // The wrapper's shell adds these.
                    .filteredOn(name -> !List.of("PWD", "SHLVL", "_").contains(name))
                    .containsExactlyInAnyOrder(
                            "AWS_ACCESS_KEY_ID",
                            "AWS_DEFAULT_REGION",
                            "AWS_EXECUTION_ENV",
                            "AWS_LAMBDA_EXEC_WRAPPER",
                            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                            "AWS_LAMBDA_FUNCTION_NAME",
                            "AWS_LAMBDA_FUNCTION_VERSION",
                            "AWS_LAMBDA_INITIALIZATION_TYPE",
                            "AWS_LAMBDA_LOG_GROUP_NAME",
                            "AWS_LAMBDA_LOG_STREAM_NAME",
                            "AWS_LAMBDA_RUNTIME_API",
                            "AWS_REGION",
                            "AWS_SECRET_ACCESS_KEY",
                            "AWS_SESSION_TOKEN",
                            "AWS_XRAY_CONTEXT_MISSING",
                            "AWS_XRAY_DAEMON_ADDRESS",
                            "LAMBDA_RUNTIME_DIR",
                            "LAMBDA_TASK_ROOT",
                            "LANG",
                            "LD_LIBRARY_PATH",
                            "OWN",
                            "PATH",
                            "TZ",
                            "_AWS_XRAY_DAEMON_ADDRESS",
                            "_AWS_XRAY_DAEMON_PORT",
                            "_HANDLER");
        }
    }

    private static String recorded() throws IOException {
        try (InputStream in = RecordedFromAwsTest.class.getResourceAsStream("recorded-from-aws.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^#.*\n", "");
        }
    }

    /** What the recordings hold of an answer, in their form. */
    private static String describe(InvokeResponse response) {
        List<String> lines = new ArrayList<>();
        lines.add("status " + response.statusCode());
        for (String header : List.of("X-Amz-Executed-Version", "X-Amz-Function-Error")) {
            response.sdkHttpResponse().firstMatchingHeader(header).ifPresent(value -> lines.add(header + " " + value));
        }
        lines.add("payload " + InvocationTest.payload(response));
        InvocationTest.log(response)
                .lines()
                // The handler's own lines.
                .filter(line -> !line.matches("(doing|answer:|Picked up) ?.*"))
                .forEach(lines::add);
        return String.join("\n", lines)
                        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "X")
                        .replaceAll("Runtime Version: java\\d+\\S*", "Runtime Version: java:N")
                        .replaceAll("ARN: arn:aws:lambda:\\S+", "ARN: X")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "T")
                        .replaceAll("\\d+(\\.\\d\\d)? (ms|MB)", "N $2")
                + "\n";
    }
}
