package io.github.lambdashell.target.local.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.target.local.function.FunctionCatalog;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.sandbox.SandboxPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Lambda's API that invokes and describes functions: Invoke, InvokeWithResponseStream, GetFunction,
 * GetFunctionConfiguration, ListFunctions.
 */
public final class InvokeApi {
    private static final Pattern STREAMING_INVOCATION =
            Pattern.compile("POST /2021-11-15/functions/([^/]+)/response-streaming-invocations");
    private static final Pattern INVOCATION = Pattern.compile("POST /2015-03-31/functions/([^/]+)/invocations");
    private static final Pattern CONFIGURATION = Pattern.compile("GET /2015-03-31/functions/([^/]+)/configuration");
    private static final Pattern FUNCTION = Pattern.compile("GET /2015-03-31/functions/([^/]+)");
    private static final Pattern FUNCTIONS = Pattern.compile("GET /2015-03-31/functions/?");

    private final FunctionCatalog functions;
    private final Invocations invocations;

    /**
     * Creates the API.
     *
     * @param functions the functions that exist, not null
     * @param sandboxes the sandboxes that run them, not null
     */
    public InvokeApi(FunctionCatalog functions, SandboxPool sandboxes) {
        this.functions = functions;
        this.invocations = new Invocations(sandboxes);
    }

    /**
     * Handles one request.
     *
     * @throws IOException if the caller has closed the connection
     * @throws AwsException if the request is rejected
     */
    public void handle(Exchange exchange) throws IOException {
        String request = exchange.method() + " " + exchange.path();
        Matcher matcher;
        if ((matcher = STREAMING_INVOCATION.matcher(request)).matches()) {
            invocations.invokeWithResponseStream(find(matcher.group(1), exchange), exchange);
        } else if ((matcher = INVOCATION.matcher(request)).matches()) {
            invocations.invoke(find(matcher.group(1), exchange), exchange);
        } else if ((matcher = CONFIGURATION.matcher(request)).matches()) {
            answer(exchange, FunctionJson.configuration(find(matcher.group(1), exchange)));
        } else if ((matcher = FUNCTION.matcher(request)).matches()) {
            answer(exchange, FunctionJson.function(find(matcher.group(1), exchange)));
        } else if (FUNCTIONS.matcher(request).matches()) {
            answer(exchange, FunctionJson.list(functions.list()));
        } else {
            throw LambdaErrors.unknownOperation(request);
        }
    }

    private FunctionDefinition find(String text, Exchange exchange) throws IOException {
        FunctionName name = FunctionName.parse(text, exchange);
        if (!name.isLatest()) {
            throw LambdaErrors.functionNotFound(name.arn());
        }
        return functions.get(name.name()).orElseThrow(() -> LambdaErrors.functionNotFound(name.arn()));
    }

    private static void answer(Exchange exchange, JsonNode json) throws IOException {
        exchange.respond(
                200, Map.of("Content-Type", "application/json"), json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
