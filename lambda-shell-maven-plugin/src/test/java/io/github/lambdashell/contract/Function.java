package io.github.lambdashell.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.NetworkMode;
import io.github.lambdashell.target.local.endpoint.TestEndpoint;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.TestFunctions;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.lambda.model.LogType;

/** A function of one implementation on the local endpoint, invoked through the SDK as any client does. */
final class Function implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Tests have servers on localhost that functions reach. */
    private static final LocalConfig ON_HOST =
            new LocalConfig(IsolationMode.AUTO, NetworkMode.HOST, List.of(), null, List.of(), Map.of());

    private static final long PATIENCE_SECONDS = 120;

    private final TestEndpoint endpoint;
    private final LambdaAsyncClient lambda;

    /** A plain answer, and the end of the log beside it. */
    record Plain(JsonNode json, String log) {}

    /** @param directory empty, for everything that is kept on disk */
    Function(Implementation implementation, Path directory, Duration timeout) throws IOException {
        Path task = Files.createDirectories(directory.resolve("task"));
        implementation.install(task);
        endpoint = new TestEndpoint(directory.resolve("state"), new SandboxOptions(10, ON_HOST));
        endpoint.put(definition(implementation, task, timeout));
        lambda = endpoint.asyncClient();
    }

    private static FunctionDefinition definition(Implementation implementation, Path task, Duration timeout) {
        return TestFunctions.of(
                "shell",
                new FunctionSettings(
                                implementation.runtime,
                                null,
                                null,
                                timeout,
                                null,
                                implementation.environment(),
                                null,
                                null,
                                null,
                                null)
                        .complete(""),
                implementation.handler(),
                task);
    }

    static ObjectNode request(String command) {
        return JSON.createObjectNode().put("accept", "frames").put("command", command);
    }

    static ObjectNode steps(ObjectNode... steps) {
        ObjectNode request = JSON.createObjectNode().put("accept", "frames");
        request.putArray("steps").addAll(List.of(steps));
        return request;
    }

    static ObjectNode step(String name, String command) {
        return JSON.createObjectNode().put("name", name).put("command", command);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    Answer run(String command) {
        return invoke(request(command));
    }

    Answer invoke(JsonNode request) {
        return invoke(request.toString(), chunk -> {});
    }

    Answer invoke(String request, Consumer<Answer> afterChunk) {
        return end(request, afterChunk).complete();
    }

    /** Returns an answer that may have failed, or lack its result. */
    Answer end(String request, Consumer<Answer> afterChunk) {
        Answer answer = new Answer();
        await(lambda.invokeWithResponseStream(
                invocation -> invocation.functionName("shell").payload(SdkBytes.fromUtf8String(request)),
                InvokeWithResponseStreamResponseHandler.builder()
                        .subscriber(InvokeWithResponseStreamResponseHandler.Visitor.builder()
                                .onPayloadChunk(chunk -> {
                                    answer.take(chunk.payload().asByteArray());
                                    afterChunk.accept(answer);
                                })
                                .onInvokeComplete(complete -> {
                                    if (complete.errorCode() != null) {
                                        answer.failure = complete.errorCode() + " " + complete.errorDetails();
                                    }
                                })
                                .build())
                        .build()));
        return answer;
    }

    Plain invokePlain(String request) {
        InvokeResponse response = await(lambda.invoke(invocation ->
                invocation.functionName("shell").logType(LogType.TAIL).payload(SdkBytes.fromUtf8String(request))));
        if (response.functionError() != null) {
            throw new AssertionError(response.payload().asUtf8String());
        }
        try {
            return new Plain(
                    JSON.readTree(response.payload().asByteArray()),
                    new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T await(java.util.concurrent.CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (java.util.concurrent.TimeoutException | InterruptedException e) {
            throw new AssertionError("no answer", e);
        }
    }

    @Override
    public void close() {
        lambda.close();
        endpoint.close();
    }
}
