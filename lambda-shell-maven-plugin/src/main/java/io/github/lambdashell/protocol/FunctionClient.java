package io.github.lambdashell.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.aws.AwsFailure;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.FunctionDescription;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** Invokes one deployed function. Safe for use by several threads, each invocation in a sandbox of its own. */
public final class FunctionClient {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionClient.class);

    private final LambdaAsyncClient lambda;
    private final String functionName;
    private final Set<String> secrets;
    private final Consumer<String> logs;
    private final Refusals refusals;
    /** Once an endpoint has refused to stream, it is not asked again. */
    private volatile boolean streaming = true;

    /**
     * @param lambda with its own retries off: a command is sent once
     * @param functionName name or ARN
     */
    public FunctionClient(LambdaAsyncClient lambda, String functionName) {
        this(lambda, functionName, Set.of(), log -> {});
    }

    /**
     * @param lambda with its own retries off: a command is sent once
     * @param functionName name or ARN
     * @param secrets what no output may show, none of them empty
     * @param logs takes the tail of the log of each invocation that reached its end, good or bad, on the thread that
     *     invoked
     */
    public FunctionClient(LambdaAsyncClient lambda, String functionName, Set<String> secrets, Consumer<String> logs) {
        this(lambda, functionName, secrets, logs, new Refusals());
    }

    FunctionClient(
            LambdaAsyncClient lambda,
            String functionName,
            Set<String> secrets,
            Consumer<String> logs,
            Refusals refusals) {
        this.lambda = Objects.requireNonNull(lambda);
        this.functionName = Objects.requireNonNull(functionName);
        this.secrets = Set.copyOf(secrets);
        this.logs = Objects.requireNonNull(logs);
        this.refusals = refusals;
    }

    /**
     * Sends one request and hands its output on as it comes.
     *
     * @throws ShellException when the function could not be asked or broke; a command's own failure is no exception
     * @throws InterruptedException when this thread was interrupted while it waited; the function runs on
     */
    public Invocation invoke(ShellRequest request, FrameListener listener) throws InterruptedException {
        SdkBytes payload = SdkBytes.fromByteArrayUnsafe(request.toJson());
        SecretMask mask = new SecretMask(listener, secrets);
        FrameDecoder decoder = new FrameDecoder(secrets.isEmpty() ? listener : mask);
        try {
            String log = refusals.retrying(() -> send(payload, decoder));
            return new Invocation(result(decoder), log);
        } finally {
            mask.flush();
        }
    }

    private static JsonNode result(FrameDecoder decoder) {
        JsonNode result = decoder.result()
                .orElseThrow(() -> new ShellException(
                        "The function's answer broke off before its result",
                        "The command may have run in part; look before you run it again"));
        if (result.has("error")) {
            JsonNode error = result.get("error");
            throw new CommandFaultException(
                    "The function could not run the command: "
                            + error.path("message").asText(error.path("type").asText()),
                    "Check the command and the function's runtime");
        }
        return result;
    }

    /**
     * Asks Lambda what the function is like; it is not invoked.
     *
     * @throws ShellException when Lambda doesn't say
     */
    public FunctionDescription describe() throws InterruptedException {
        try {
            return description(lambda.getFunctionConfiguration(request -> request.functionName(functionName))
                    .get());
        } catch (ExecutionException e) {
            throw AwsFailure.of(e, "look the function " + functionName + " up");
        }
    }

    private static FunctionDescription description(GetFunctionConfigurationResponse response) {
        return new FunctionDescription(
                response.runtimeAsString(),
                Optional.ofNullable(response.runtimeVersionConfig()).map(version -> version.runtimeVersionArn()),
                response.memorySize(),
                response.timeout(),
                response.architecturesAsStrings().stream().findFirst().orElse("x86_64"),
                response.role());
    }

    private String send(SdkBytes payload, FrameDecoder decoder) throws ExecutionException, InterruptedException {
        if (streaming) {
            try {
                return stream(payload, decoder);
            } catch (ExecutionException e) {
                if (!AwsFailure.isUnknownOperation(e.getCause())) {
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
        } catch (ExecutionException e) {
            if (!decoder.hasBegun()) {
                throw e;
            }
            return afterBreak(e, decoder);
        } finally {
            done.cancel(true);
        }
        String log = ended(response.logResult());
        if (response.errorCode().isPresent()) {
            throw FunctionFailure.of(response.errorCode().get(), response.errorDetails(), log);
        }
        return log;
    }

    /** With the result nothing is missing but the log; without it the command may be anywhere. */
    private static String afterBreak(ExecutionException e, FrameDecoder decoder) {
        if (decoder.result().isPresent()) {
            LOG.debug("the connection broke after the result", e);
            return "";
        }
        throw new ShellException(
                "The connection broke in the middle of the answer; the command has run in part, and may still run",
                "Look at what it may have done before you run it again; mvn -e shows the cause",
                e.getCause());
    }

    private String buffered(SdkBytes payload, FrameDecoder decoder) throws ExecutionException, InterruptedException {
        InvokeResponse response = lambda.invoke(request ->
                        request.functionName(functionName).logType(LogType.TAIL).payload(payload))
                .get();
        String log = ended(Optional.ofNullable(response.logResult()));
        if (response.functionError() != null) {
            // Not the SDK's way, which breaks on what is no text.
            String details = new String(response.payload().asByteArrayUnsafe(), StandardCharsets.UTF_8);
            throw FunctionFailure.of(response.functionError(), details, log);
        }
        byte[] answer = response.payload().asByteArrayUnsafe();
        BufferedAnswer.requireFrames(answer);
        decoder.decode(answer);
        return log;
    }

    private String ended(Optional<String> base64) {
        String log = base64.map(FunctionClient::decoded).orElse("");
        logs.accept(log);
        return log;
    }

    /** Empty where it can't be read, for which nobody gives the command's result up. */
    private static String decoded(String log) {
        try {
            return new String(Base64.getDecoder().decode(log), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            LOG.debug("the tail of the log is not in base64", e);
            return "";
        }
    }
}
