package io.github.lambdashell.target.local.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.FunctionStore;
import io.github.lambdashell.target.local.function.Layers;
import io.github.lambdashell.target.local.http.Exchange;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import io.github.lambdashell.target.local.sandbox.SandboxPool;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lambda's API, as far as functions that CloudFormation made are invoked and looked at through it: Invoke,
 * InvokeWithResponseStream, GetFunction, GetFunctionConfiguration, ListFunctions.
 */
public final class LambdaService implements Lambda {
    private static final Pattern STREAMING_INVOCATION =
            Pattern.compile("POST /2021-11-15/functions/([^/]+)/response-streaming-invocations");
    private static final Pattern INVOCATION = Pattern.compile("POST /2015-03-31/functions/([^/]+)/invocations");
    private static final Pattern CONFIGURATION = Pattern.compile("GET /2015-03-31/functions/([^/]+)/configuration");
    private static final Pattern FUNCTION = Pattern.compile("GET /2015-03-31/functions/([^/]+)");
    private static final Pattern FUNCTIONS = Pattern.compile("GET /2015-03-31/functions/?");

    private final FunctionStore functions;
    private final Layers layers;
    private final SandboxPool sandboxes;
    private final Invocations invocations;

    /**
     * @param functions that exist
     * @param state where sandboxes have their directories and functions their logs
     * @param options how they run
     * @param credentials the variables that hold a function's credentials
     */
    public LambdaService(
            FunctionStore functions,
            StateDirectory state,
            SandboxOptions options,
            Function<FunctionDefinition, Map<String, String>> credentials) {
        this.functions = functions;
        this.layers = new Layers(state, options.local().layers());
        this.sandboxes = new SandboxPool(state, options, credentials, layers);
        this.invocations = new Invocations(sandboxes);
    }

    @Override
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

    @Override
    public Optional<String> isolation() {
        return sandboxes.isolation();
    }

    @Override
    public void requireLayers(List<String> arns) throws IOException {
        layers.merged(arns);
    }

    @Override
    public void forget(String functionName) {
        sandboxes.forget(functionName);
    }

    /** Ends every sandbox and everything in it; within 100 ms when none is busy. */
    @Override
    public void close() throws IOException {
        sandboxes.close();
        layers.close();
    }
}
