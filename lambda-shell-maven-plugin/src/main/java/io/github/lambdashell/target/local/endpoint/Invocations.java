package io.github.lambdashell.target.local.endpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.runtime.UnsupportedRuntimeException;
import io.github.lambdashell.target.local.runtimeapi.InvocationRequest;
import io.github.lambdashell.target.local.sandbox.InvocationResult;
import io.github.lambdashell.target.local.sandbox.SandboxPool;
import io.github.lambdashell.target.local.sandbox.SandboxPool.ConcurrencyExceededException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations Invoke and InvokeWithResponseStream. */
final class Invocations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Invocations.class);

    /** Maximum size of an event, in bytes. */
    private static final int REQUEST_LIMIT = 6 * 1024 * 1024;

    /** Maximum size of an event for an asynchronous invocation, in bytes. */
    private static final int EVENT_LIMIT = 1024 * 1024;

    private static final byte[] NO_EVENT = {'{', '}'};
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxPool sandboxes;
    private final EventQueue events;

    Invocations(SandboxPool sandboxes) {
        this.sandboxes = sandboxes;
        this.events = new EventQueue(sandboxes);
    }

    /** @param arn the ARN as the caller invoked it */
    void invoke(FunctionDefinition function, String arn, Exchange exchange) throws IOException {
        InvocationRequest request = request(arn, exchange);
        String type = type(exchange);
        switch (type) {
            case "RequestResponse" ->
                run(function, request, exchange, new BufferedAnswer(exchange, request.requestId(), wantsLog(exchange)));
            case "DryRun" -> accept(204, request, exchange);
            case "Event" -> {
                if (request.event().length > EVENT_LIMIT) {
                    throw LambdaErrors.eventTooLarge(request.event().length, EVENT_LIMIT);
                }
                // Lambda passes the client context to synchronous invocations only.
                events.add(
                        function, new InvocationRequest(request.requestId(), arn, request.event(), Optional.empty()));
                accept(202, request, exchange);
            }
            default -> throw LambdaErrors.notInEnum("invocationType", type, "[Event, RequestResponse, DryRun]");
        }
    }

    void invokeWithResponseStream(FunctionDefinition function, String arn, Exchange exchange) throws IOException {
        InvocationRequest request = request(arn, exchange);
        String type = type(exchange);
        switch (type) {
            case "RequestResponse" ->
                run(function, request, exchange, new StreamedAnswer(exchange, request.requestId(), wantsLog(exchange)));
            case "DryRun" -> accept(204, request, exchange);
            default -> throw LambdaErrors.notInEnum("invocationType", type, "[RequestResponse, DryRun]");
        }
    }

    private static String type(Exchange exchange) {
        return exchange.header("X-Amz-Invocation-Type").orElse("RequestResponse");
    }

    private static void accept(int status, InvocationRequest request, Exchange exchange) throws IOException {
        exchange.respond(status, Map.of("x-amzn-requestid", request.requestId()), new byte[0]);
    }

    private void run(FunctionDefinition function, InvocationRequest request, Exchange exchange, InvocationAnswer answer)
            throws IOException {
        InvocationResult result;
        try {
            result = sandboxes.invoke(function, request, SandboxPool.Reuse.WARM, answer);
        } catch (ConcurrencyExceededException e) {
            LOG.debug("throttled: {}", e.getMessage());
            throttle(exchange, request.requestId());
            return;
        } catch (UnsupportedRuntimeException e) {
            throw LambdaErrors.invalidRuntime(e.getMessage());
        } catch (ShellException e) {
            throw LambdaErrors.noSandbox(e.getMessage());
        } catch (IOException e) {
            // The sandbox failed; failures of the caller's connection are handled by the response.
            LOG.debug("no sandbox for {}", function.name(), e);
            throw LambdaErrors.noSandbox("This machine can't start the function: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The local target is being closed", e);
        }
        answer.finish(result);
    }

    /** Sends an error that, unlike others, has its own member and header. */
    private static void throttle(Exchange exchange, String requestId) throws IOException {
        ObjectNode body = JSON.createObjectNode()
                .put("Type", "User")
                .put("message", "Rate Exceeded.")
                .put("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded");
        exchange.respond(
                429,
                Map.of(
                        "content-type", "application/json",
                        "x-amzn-requestid", requestId,
                        "x-amzn-errortype", "TooManyRequestsException",
                        "retry-after", "1"),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean wantsLog(Exchange exchange) {
        String type = exchange.header("X-Amz-Log-Type").orElse("None");
        if (!type.equals("None") && !type.equals("Tail")) {
            throw LambdaErrors.notInEnum("logType", type, "[None, Tail]");
        }
        return type.equals("Tail");
    }

    private static InvocationRequest request(String arn, Exchange exchange) throws IOException {
        byte[] event = exchange.body().readNBytes(REQUEST_LIMIT + 1);
        if (event.length > REQUEST_LIMIT) {
            throw LambdaErrors.requestTooLarge(REQUEST_LIMIT);
        }
        checkJson(event);
        return new InvocationRequest(
                UUID.randomUUID().toString(), arn, event.length == 0 ? NO_EVENT : event, clientContext(exchange));
    }

    private static void checkJson(byte[] event) {
        try (JsonParser parser = JSON.getFactory().createParser(event)) {
            while (parser.nextToken() != null) {
                // The loop only checks that the event is well-formed.
            }
        } catch (IOException e) {
            throw LambdaErrors.invalidContent(
                    "Could not parse request body into json: Could not parse payload into json: " + e.getMessage());
        }
    }

    private static Optional<String> clientContext(Exchange exchange) {
        Optional<String> encoded = exchange.header("X-Amz-Client-Context");
        try {
            Optional<String> context =
                    encoded.map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
            if (context.isEmpty() || JSON.readTree(context.get()).isObject()) {
                return context;
            }
        } catch (IllegalArgumentException | JsonProcessingException e) {
            LOG.debug("a client context that is refused", e);
        }
        throw LambdaErrors.invalidContent("Client context must be a valid Base64-encoded JSON object.");
    }

    /** Ends asynchronous invocations; synchronous ones end with their connections. */
    @Override
    public void close() {
        events.close();
    }
}
