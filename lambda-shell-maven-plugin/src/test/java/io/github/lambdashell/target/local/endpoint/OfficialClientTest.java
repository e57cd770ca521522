package io.github.lambdashell.target.local.endpoint;

import static io.github.lambdashell.target.local.endpoint.InvocationTest.log;
import static io.github.lambdashell.target.local.endpoint.InvocationTest.payload;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.target.local.endpoint.LocalFunctions.Settings;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** A handler under the official Java runtime interface client, which is used unchanged. */
class OfficialClientTest {
    /** Answers with what it was given and what its context says; fails when it is asked to. */
    public static final class Handler implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            context.getLogger().log("a line of the logger\n");
            System.out.println("a line of System.out");
            if (event.contains("fail")) {
                throw new IllegalStateException("asked to fail");
            }
            String answer = "{\"event\":" + event + ",\"function\":\"" + context.getFunctionName() + "\",\"memory\":"
                    + context.getMemoryLimitInMB() + ",\"arn\":\"" + context.getInvokedFunctionArn()
                    + "\",\"timeLeft\":" + context.getRemainingTimeInMillis() + ",\"heap\":"
                    + Runtime.getRuntime().maxMemory() + ",\"id\":\"" + context.getAwsRequestId() + "\"}";
            output.write(answer.getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "NONE"})
    void runsAHandlerUnchanged(IsolationMode isolation, @TempDir Path directory) throws IOException {
        SandboxOptions options = new SandboxOptions(10, LocalConfig.isolated(isolation));
        try (LocalFunctions functions = new LocalFunctions(directory, options)) {
            functions.managed(Handler.class, new Settings().named("managed").memory(200));

            InvokeResponse cold = functions.invoke("managed", "{\"a\":1}");
            InvokeResponse warm = functions.invoke("managed", "{\"a\":2}");
            InvokeResponse failed = functions.invoke("managed", "{\"a\":\"fail\"}");
            InvokeResponse afterwards = functions.invoke("managed", "[]");

            assertThat(cold.functionError()).isNull();
            assertThat(payload(cold))
                    .startsWith("{\"event\":{\"a\":1},\"function\":\"managed\",\"memory\":200,"
                            + "\"arn\":\"arn:aws:lambda:us-east-1:000000000000:function:managed\",\"timeLeft\":2")
                    .containsPattern("\"heap\":1[56]\\d{7},");
            assertThat(log(cold))
                    .containsSubsequence(
                            "INIT_START ",
                            "START RequestId: ",
                            "a line of the logger\na line of System.out\nEND RequestId: ",
                            "Init Duration: ");
            assertThat(payload(warm)).contains("{\"a\":2}");
            assertThat(log(warm)).doesNotContain("INIT_START");
            assertThat(failed.functionError()).isEqualTo("Unhandled");
            assertThat(payload(failed))
                    .contains("\"errorMessage\":\"asked to fail\"")
                    .contains("\"errorType\":\"java.lang.IllegalStateException\"");
            assertThat(payload(afterwards)).startsWith("{\"event\":[]");
        }
    }
}
