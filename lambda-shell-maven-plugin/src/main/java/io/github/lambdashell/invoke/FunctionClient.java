package io.github.lambdashell.invoke;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.aws.AwsFailure;
import io.github.lambdashell.config.ShellException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** Invokes one deployed function. Safe for use by several threads, each invocation in a sandbox of its own. */
public final class FunctionClient {
    private final LambdaAsyncClient lambda;
    private final String functionName;
    private final Refusals refusals = new Refusals();
    /** Once an endpoint has refused to stream, it is not asked again. */
    private volatile boolean streaming = true;

    /**
     * @param lambda with its own retries off: a command is sent once
     * @param functionName name or ARN
     */
    public FunctionClient(LambdaAsyncClient lambda, String functionName) {
        this.lambda = Objects.requireNonNull(lambda);
        this.functionName = Objects.requireNonNull(functionName);
    }

    /**
     * Sends one request and hands its output on as it comes.
     *
     * @throws ShellException when the function could not be asked or broke; a command's own failure is no exception
     * @throws InterruptedException when this thread was interrupted while it waited; the function runs on
     */
    public Invocation invoke(ShellRequest request, FrameListener listener) throws InterruptedException {
        SdkBytes payload = SdkBytes.fromByteArrayUnsafe(request.toJson());
        FrameDecoder decoder = new FrameDecoder(listener);
        String log = refusals.retrying(() -> send(payload, decoder));
        JsonNode result = decoder.result()
                .orElseThrow(() -> new ShellException(
                        "The function's answer broke off before its result",
                        "The command may have run in part; look before you run it again"));
        if (result.has("error")) {
            JsonNode error = result.get("error");
            throw new ShellException(
                    "The function could not run the command: "
                            + error.path("message").asText(error.path("type").asText()),
                    "Check the command and the function's runtime");
        }
        return new Invocation(result, log);
    }

    /**
     * Asks Lambda what the function is like; it is not invoked.
     *
     * @throws ShellException when Lambda doesn't say
     */
    public FunctionDescription describe() throws InterruptedException {
        try {
            return FunctionDescription.of(lambda.getFunctionConfiguration(request -> request.functionName(functionName))
                    .get());
        } catch (ExecutionException e) {
            throw AwsFailure.of(e, "look the function " + functionName + " up");
        }
    }

    private String send(SdkBytes payload, FrameDecoder decoder) throws ExecutionException, InterruptedException {
        if (streaming) {
            try {
                return stream(payload, decoder);
            } catch (ExecutionException e) {
                if (!Refusals.isUnknownOperation(e.getCause())) {
                    throw e;
                }
                streaming = false;
            }
        }
        return buffered(payload, decoder);
    }

    private String stream(SdkBytes payload, FrameDecoder decoder) throws ExecutionException, InterruptedException {
        ResponseStream response = new ResponseStream();
        CompletableFuture<Void> done = lambda.invokeWithResponseStream(
                request ->
                        request.functionName(functionName).logType(LogType.TAIL).payload(payload),
                response.handler());
        try {
            response.forEachChunk(done, decoder::decode);
        } finally {
            done.cancel(true);
        }
        String log = decodeLog(response.logResult());
        if (response.errorCode().isPresent()) {
            throw FunctionFailure.of(response.errorCode().get(), response.errorDetails(), log);
        }
        return log;
    }

    private String buffered(SdkBytes payload, FrameDecoder decoder) throws ExecutionException, InterruptedException {
        InvokeResponse response = lambda.invoke(request ->
                        request.functionName(functionName).logType(LogType.TAIL).payload(payload))
                .get();
        String log = decodeLog(Optional.ofNullable(response.logResult()));
        if (response.functionError() != null) {
            throw FunctionFailure.of(
                    response.functionError(), response.payload().asUtf8String(), log);
        }
        decoder.decode(response.payload().asByteArrayUnsafe());
        return log;
    }

    private static String decodeLog(Optional<String> base64) {
        return base64.map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
                .orElse("");
    }
}
