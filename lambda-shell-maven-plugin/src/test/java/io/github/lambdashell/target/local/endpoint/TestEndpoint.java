package io.github.lambdashell.target.local.endpoint;

import io.github.lambdashell.target.local.function.FunctionCatalog;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.Layers;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import io.github.lambdashell.target.local.sandbox.SandboxPool;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;

/** The local target's endpoint, with functions that a test defines. */
public final class TestEndpoint implements FunctionCatalog, AutoCloseable {
    private static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "ASIATEST", "AWS_SECRET_ACCESS_KEY", "test", "AWS_SESSION_TOKEN", "test");

    private final Map<String, FunctionDefinition> functions = new ConcurrentSkipListMap<>();
    private final StateDirectory state;
    private final Layers layers;
    private final SandboxPool sandboxes;
    private final InvokeEndpoint endpoint;
    private final Map<String, String> environment;

    /** The HTTP client of all asynchronous clients: one of their own would end after two seconds without tasks each. */
    private static final class SharedHttp {
        private static final SdkAsyncHttpClient CLIENT = NettyNioAsyncHttpClient.builder()
                .readTimeout(Duration.ofMinutes(2))
                .build();
    }

    /** @param directory for the sandboxes */
    public TestEndpoint(Path directory, SandboxOptions options) {
        state = StateDirectory.open(directory);
        layers = new Layers(state, options.local().layers());
        sandboxes = new SandboxPool(state, options, function -> CREDENTIALS, layers);
        endpoint = InvokeEndpoint.start(this, sandboxes);
        environment = endpoint.clientEnvironment("us-east-1");
    }

    /** Returns the SDK's asynchronous client for the functions. */
    public LambdaAsyncClient asyncClient() {
        return configured(LambdaAsyncClient.builder())
                .httpClient(SharedHttp.CLIENT)
                .build();
    }

    <B extends AwsClientBuilder<B, C>, C> B configured(B builder) {
        return builder.endpointOverride(uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId(), secretAccessKey())))
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)));
    }

    /** Creates a function, or replaces the one of its name. */
    public void put(FunctionDefinition function) {
        functions.put(function.name(), function);
    }

    @Override
    public List<FunctionDefinition> list() {
        return List.copyOf(functions.values());
    }

    @Override
    public Optional<FunctionDefinition> get(String functionName) {
        return Optional.ofNullable(functions.get(functionName));
    }

    public URI uri() {
        return URI.create(environment.get("AWS_ENDPOINT_URL"));
    }

    public String accessKeyId() {
        return environment.get("AWS_ACCESS_KEY_ID");
    }

    public String secretAccessKey() {
        return environment.get("AWS_SECRET_ACCESS_KEY");
    }

    /** Returns the isolation of the sandboxes; empty before the first one. */
    public Optional<String> isolation() {
        return sandboxes.isolation();
    }

    @Override
    public void close() {
        endpoint.close();
        sandboxes.close();
        try {
            layers.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        state.close();
    }
}
