package io.github.lambdashell.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.local.lambda.LocalFunctions.Settings;
import io.github.lambdashell.local.lambda.sandbox.SandboxOptions;
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
