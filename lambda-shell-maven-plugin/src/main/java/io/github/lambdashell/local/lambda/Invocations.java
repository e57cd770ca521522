package io.github.lambdashell.local.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.lambdashell.local.function.FunctionDefinition;
import io.github.lambdashell.local.http.Exchange;
import io.github.lambdashell.local.lambda.sandbox.ConcurrencyExceededException;
import io.github.lambdashell.local.lambda.sandbox.InvocationRequest;
import io.github.lambdashell.local.lambda.sandbox.InvocationResult;
import io.github.lambdashell.local.lambda.sandbox.ResponseSink;
import io.github.lambdashell.local.lambda.sandbox.SandboxPool;
import io.github.lambdashell.local.lambda.sandbox.UnsupportedRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Invoke and InvokeWithResponseStream. */
final class Invocations {
    /** Of an event, in bytes. */
    private static final int REQUEST_LIMIT = 6 * 1024 * 1024;

    private static final byte[] NO_EVENT = {'{', '}'};
    private static final JsonFactory JSON = new JsonFactory();

    private final SandboxPool sandboxes;

    Invocations(SandboxPool sandboxes) {
        this.sandboxes = sandboxes;
    }

    void invoke(FunctionDefinition function, Exchange exchange) throws IOException, LambdaFailure {
        InvocationRequest request = request(exchange);
        String type = exchange.header("X-Amz-Invocation-Type").orElse("RequestResponse");
        switch (type) {
            case "RequestResponse" -> {
                BufferedAnswer answer = new BufferedAnswer(exchange, request.requestId(), wantsLog(exchange));
                answer.finish(run(function, request, answer));
            }
            case "DryRun" -> exchange.respond(204, Map.of("x-amzn-RequestId", request.requestId()), new byte[0]);
            default ->
                throw LambdaFailure.invalidParameter(
                        "The local endpoint knows the invocation types RequestResponse and DryRun, not " + type);
        }
    }

    void invokeWithResponseStream(FunctionDefinition function, Exchange exchange) throws IOException, LambdaFailure {
        InvocationRequest request = request(exchange);
        StreamedAnswer answer = new StreamedAnswer(exchange, request.requestId(), wantsLog(exchange));
        answer.finish(run(function, request, answer));
    }

    private InvocationResult run(FunctionDefinition function, InvocationRequest request, ResponseSink answer)
            throws IOException, LambdaFailure {
        try {
            return sandboxes.invoke(function, request, answer);
        } catch (ConcurrencyExceededException e) {
            throw LambdaFailure.tooManyRequests(e.getMessage());
        } catch (UnsupportedRuntimeException e) {
            throw LambdaFailure.invalidRuntime(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The local target is being closed", e);
        }
    }

    private static boolean wantsLog(Exchange exchange) {
        return exchange.header("X-Amz-Log-Type").filter("Tail"::equals).isPresent();
    }

    private static InvocationRequest request(Exchange exchange) throws IOException, LambdaFailure {
        byte[] event = exchange.body().readNBytes(REQUEST_LIMIT + 1);
        if (event.length > REQUEST_LIMIT) {
            throw LambdaFailure.tooLarge(REQUEST_LIMIT);
        }
        checkJson(event);
        return new InvocationRequest(
                UUID.randomUUID().toString(), event.length == 0 ? NO_EVENT : event, clientContext(exchange));
    }

    private static void checkJson(byte[] event) throws IOException, LambdaFailure {
        try (JsonParser parser = JSON.createParser(event)) {
            while (parser.nextToken() != null) {
                // Only its form matters here.
            }
        } catch (JsonProcessingException e) {
            throw LambdaFailure.invalidContent("Could not parse request body into json: " + e.getOriginalMessage());
        }
    }

    private static Optional<String> clientContext(Exchange exchange) throws LambdaFailure {
        Optional<String> encoded = exchange.header("X-Amz-Client-Context");
        try {
            return encoded.map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw LambdaFailure.invalidContent("Client context must be a valid Base64-encoded JSON object.");
        }
    }
}
