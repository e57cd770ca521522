package io.github.lambdashell.emulator;

import io.github.lambdashell.emulator.function.FunctionStore;
import io.github.lambdashell.target.local.endpoint.Exchange;
import io.github.lambdashell.target.local.endpoint.InvokeApi;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.Layers;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import io.github.lambdashell.target.local.sandbox.SandboxPool;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;

/** An implementation of Lambda with the product's own Invoke API and sandboxes. */
final class SandboxLambda implements Lambda {
    private final Layers layers;
    private final SandboxPool sandboxes;
    private final InvokeApi api;

    SandboxLambda(
            FunctionStore functions,
            StateDirectory state,
            SandboxOptions options,
            Function<FunctionDefinition, Map<String, String>> credentials) {
        this.layers = new Layers(state, options.local().layers());
        this.sandboxes = new SandboxPool(state, options, credentials, layers);
        this.api = new InvokeApi(functions, sandboxes);
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        api.handle(exchange);
    }

    @Override
    public void forget(String functionName) {
        sandboxes.forget(functionName);
    }

    @Override
    public void close() throws IOException {
        sandboxes.close();
        layers.close();
    }
}
