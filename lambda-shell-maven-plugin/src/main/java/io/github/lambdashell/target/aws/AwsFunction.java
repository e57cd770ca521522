package io.github.lambdashell.target.aws;

import io.github.lambdashell.target.BrokenResponseException;
import io.github.lambdashell.target.DeployedFunction;
import io.github.lambdashell.target.FunctionDescription;
import io.github.lambdashell.target.FunctionFailure;
import io.github.lambdashell.target.InvocationReport;
import io.github.lambdashell.target.PlatformEvents;
import io.github.lambdashell.target.ReportLine;
import io.github.lambdashell.target.SideChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
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

/** A function on AWS, invoked with the SDK. */
public final class AwsFunction implements DeployedFunction {
    private static final Logger LOG = LoggerFactory.getLogger(AwsFunction.class);

    private final LambdaAsyncClient lambda;
    private final String functionName;
    private final Optional<SideChannel> sideChannel;
    private final Consumer<InvocationReport> invoked;
    private final Refusals refusals;

    /** False after the endpoint refused to stream, so that later invocations don't try again. */
    private volatile boolean streaming = true;

    /**
     * Connects to a function; sends no request.
     *
     * @param lambda client without retries, because a command is sent once, not null
     * @param functionName name or ARN, not null
     * @param sideChannel channel through the stack's bucket; empty if the stack has none
     * @param invoked receives the figures of every invocation, not null
     */
    public AwsFunction(
            LambdaAsyncClient lambda,
            String functionName,
            Optional<SideChannel> sideChannel,
            Consumer<InvocationReport> invoked) {
        this(lambda, functionName, sideChannel, invoked, new Refusals());
    }

    AwsFunction(
            LambdaAsyncClient lambda,
            String functionName,
            Optional<SideChannel> sideChannel,
            Consumer<InvocationReport> invoked,
            Refusals refusals) {
        this.lambda = lambda;
        this.functionName = functionName;
        this.sideChannel = sideChannel;
        this.invoked = invoked;
        this.refusals = refusals;
    }

    @Override
    public Optional<InvocationReport> invoke(byte[] event, ResponseListener listener) throws InterruptedException {
        SdkBytes payload = SdkBytes.fromByteArrayUnsafe(event);
        return refusals.retrying(() -> send(payload, listener));
    }

    @Override
    public FunctionDescription describe() throws InterruptedException {
        try {
            return description(lambda.getFunctionConfiguration(request -> request.functionName(functionName))
                    .get());
        } catch (ExecutionException e) {
            throw AwsFailure.of(e, "describe the function " + functionName);
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

    @Override
    public Optional<SideChannel> sideChannel() {
        return sideChannel;
    }

    private Optional<InvocationReport> send(SdkBytes payload, ResponseListener listener)
            throws ExecutionException, InterruptedException {
        if (streaming) {
            try {
                return stream(payload, listener);
            } catch (ExecutionException e) {
                if (!AwsFailure.isUnknownOperation(e.getCause())) {
                    throw e;
                }
                streaming = false;
            }
        }
        return buffered(payload, listener);
    }

    private Optional<InvocationReport> stream(SdkBytes payload, ResponseListener listener)
            throws ExecutionException, InterruptedException {
        ResponseSubscriber response = new ResponseSubscriber();
        CompletableFuture<Void> done = lambda.invokeWithResponseStream(
                request ->
                        request.functionName(functionName).logType(LogType.TAIL).payload(payload),
                response.handler());
        try {
            response.forEachChunk(done, chunk -> listener.received(chunk, 0, chunk.length));
        } catch (ExecutionException e) {
            if (!response.hasBegun()) {
                throw e;
            }
            LOG.debug("the connection broke in the middle of the response", e);
            throw new BrokenResponseException(e.getCause());
        } finally {
            done.cancel(true);
        }
        String log = decoded(response.logResult());
        Optional<InvocationReport> report = report(log);
        if (response.errorCode().isPresent()) {
            throw FunctionFailure.of(response.errorCode().get(), response.errorDetails(), log);
        }
        return report;
    }

    private Optional<InvocationReport> buffered(SdkBytes payload, ResponseListener listener)
            throws ExecutionException, InterruptedException {
        InvokeResponse response = lambda.invoke(request ->
                        request.functionName(functionName).logType(LogType.TAIL).payload(payload))
                .get();
        String log = decoded(Optional.ofNullable(response.logResult()));
        Optional<InvocationReport> report = report(log);
        byte[] answer = response.payload().asByteArrayUnsafe();
        if (response.functionError() != null) {
            // SdkBytes.asUtf8String() throws on bytes that are not UTF-8.
            throw FunctionFailure.of(response.functionError(), new String(answer, StandardCharsets.UTF_8), log);
        }
        listener.receivedWhole(answer);
        return report;
    }

    private Optional<InvocationReport> report(String log) {
        Optional<InvocationReport> report = ReportLine.parse(log);
        report.ifPresent(invoked);
        return report;
    }

    /**
     * Decodes a log in base64, with platform events as text; returns an empty text if it is invalid, because the command's
     * result is more important.
     */
    private static String decoded(Optional<String> log) {
        try {
            return PlatformEvents.asText(
                    new String(Base64.getDecoder().decode(log.orElse("")), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            LOG.debug("the tail of the log is not base64", e);
            return "";
        }
    }
}
