package io.github.lambdashell.emulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.emulator.function.FunctionStore;
import io.github.lambdashell.target.local.endpoint.Exchange;
import io.github.lambdashell.target.local.endpoint.InvokeApi;
import io.github.lambdashell.target.local.endpoint.sigv4.RequestHead;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.Layers;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import io.github.lambdashell.target.local.sandbox.SandboxPool;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
        api.handle(exchange.path().endsWith("/configuration") ? new OfFunction(exchange) : exchange);
    }

    /** An exchange whose response has a version of the runtime, which only functions on AWS have. */
    private record OfFunction(Exchange exchange) implements Exchange {
        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public RequestHead head() {
            return exchange.head();
        }

        @Override
        public InputStream body() {
            return exchange.body();
        }

        @Override
        public void respond(int status, Map<String, String> headers, byte[] body) throws IOException {
            ObjectNode function = (ObjectNode) JSON.readTree(body);
            function.putObject("RuntimeVersionConfig").put("RuntimeVersionArn", AwsEmulator.RUNTIME_VERSION);
            exchange.respond(status, headers, JSON.writeValueAsBytes(function));
        }

        @Override
        public OutputStream respondStreaming(int status, Map<String, String> headers, long length) throws IOException {
            return exchange.respondStreaming(status, headers, length);
        }
    }

    @Override
    public void forget(String functionName) {
        sandboxes.forget(functionName);
    }

    @Override
    public void close() throws IOException {
        api.close();
        sandboxes.close();
        layers.close();
    }
}
