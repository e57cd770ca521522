package io.github.lambdashell.target.local.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.target.local.function.FunctionCatalog;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.sandbox.SandboxPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Lambda's API that invokes and describes functions: Invoke, InvokeWithResponseStream, GetFunction,
 * GetFunctionConfiguration, ListFunctions.
 */
public final class InvokeApi implements AutoCloseable {
    private static final Pattern STREAMING_INVOCATION =
            Pattern.compile("POST /2021-11-15/functions/([^/]+)/response-streaming-invocations");
    private static final Pattern INVOCATION = Pattern.compile("POST /2015-03-31/functions/([^/]+)/invocations");
    private static final Pattern CONFIGURATION = Pattern.compile("GET /2015-03-31/functions/([^/]+)/configuration");
    private static final Pattern FUNCTION = Pattern.compile("GET /2015-03-31/functions/([^/]+)");
    private static final Pattern CREDENTIAL_REGION = Pattern.compile("=[^/]+/\\d+/([^/]+)/");
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
            FunctionName name = parse(matcher.group(1), exchange);
            FunctionDefinition function = findToInvoke(name, exchange);
            invocations.invokeWithResponseStream(function, name.invokedArn(function), exchange);
        } else if ((matcher = INVOCATION.matcher(request)).matches()) {
            FunctionName name = parse(matcher.group(1), exchange);
            FunctionDefinition function = findToInvoke(name, exchange);
            invocations.invoke(function, name.invokedArn(function), exchange);
        } else if ((matcher = CONFIGURATION.matcher(request)).matches()) {
            FunctionName name = parse(matcher.group(1), exchange);
            answer(exchange, FunctionJson.configuration(find(name, exchange, name.qualifier()), name.qualifier()));
        } else if ((matcher = FUNCTION.matcher(request)).matches()) {
            FunctionName name = parse(matcher.group(1), exchange);
            answer(exchange, FunctionJson.function(find(name, exchange, name.qualifier()), name.qualifier()));
        } else if (FUNCTIONS.matcher(request).matches()) {
            answer(exchange, FunctionJson.list(functions.list()));
        } else {
            throw LambdaErrors.unknownOperation(request);
        }
    }

    private FunctionDefinition findToInvoke(FunctionName name, Exchange exchange) throws IOException {
        return find(name, exchange, name.qualifier().or(() -> Optional.of(FunctionName.LATEST)));
    }

    private static FunctionName parse(String text, Exchange exchange) {
        return FunctionName.parse(
                text,
                exchange.query().getOrDefault("Qualifier", List.of()).stream()
                        .filter(value -> !value.isEmpty())
                        .findFirst());
    }

    /** @param shownQualifier qualifier in the message if there is no such function */
    private FunctionDefinition find(FunctionName name, Exchange exchange, Optional<String> shownQualifier)
            throws IOException {
        String region = region(exchange);
        name.region().filter(other -> !other.equals(region)).ifPresent(other -> {
            throw LambdaErrors.otherRegion(other, region);
        });
        return functions
                .get(name.name())
                .filter(function -> isMeant(function, name))
                .orElseThrow(() -> LambdaErrors.functionNotFound(name.arn(region, shownQualifier)));
    }

    /** Returns whether it is the function of that ARN; there are no published versions. */
    private static boolean isMeant(FunctionDefinition function, FunctionName name) {
        String[] arn = function.arn().split(":");
        return name.region().orElse(arn[3]).equals(arn[3])
                && name.account().orElse(arn[4]).equals(arn[4])
                && name.qualifier().orElse(FunctionName.LATEST).equals(FunctionName.LATEST);
    }

    /** Returns the region for which the request is signed. */
    private static String region(Exchange exchange) {
        String credential = exchange.header("Authorization")
                .orElseGet(() -> "=" + String.join("", exchange.query().getOrDefault("X-Amz-Credential", List.of())));
        Matcher matcher = CREDENTIAL_REGION.matcher(credential);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static void answer(Exchange exchange, JsonNode json) throws IOException {
        exchange.respond(
                200, Map.of("Content-Type", "application/json"), json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the asynchronous invocations. */
    @Override
    public void close() {
        invocations.close();
    }
}
