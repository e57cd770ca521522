package io.github.lambdashell.target.local.endpoint;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.TestFunctions;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamCompleteEvent;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.lambda.model.LogType;

/** An endpoint with functions made for tests, and the SDK's clients for it. */
final class LocalFunctions implements AutoCloseable {
    final Path directory;
    private final TestEndpoint endpoint;
    private LambdaClient client;
    private LambdaAsyncClient asyncClient;

    LocalFunctions(Path directory, SandboxOptions options) {
        this.directory = directory;
        endpoint = new TestEndpoint(directory.resolve("state"), options);
    }

    /** The SDK's synchronous client. */
    LambdaClient client() {
        if (client == null) {
            client = endpoint.configured(LambdaClient.builder())
                    .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMinutes(2)))
                    .build();
        }
        return client;
    }

    /** The SDK's asynchronous client. */
    LambdaAsyncClient asyncClient() {
        if (asyncClient == null) {
            asyncClient = endpoint.asyncClient();
        }
        return asyncClient;
    }

    /** What a test may want to be different about a function. */
    static final class Settings {
        String name = "raw";
        String runtime = "java" + Runtime.version().feature();
        String handler = "unused";
        int timeoutSeconds = 30;
        int memorySizeMb = 256;
        Path code;
        List<String> layers;
        final Map<String, String> environment = new TreeMap<>();

        Settings named(String name) {
            this.name = name;
            return this;
        }

        Settings timeout(int seconds) {
            timeoutSeconds = seconds;
            return this;
        }

        Settings memory(int mb) {
            memorySizeMb = mb;
            return this;
        }

        Settings with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }
    }

    /** A function that {@link RawRuntime} runs, through the wrapper script that stands for a runtime of one's own. */
    FunctionDefinition raw(Settings settings) throws IOException {
        Path code = Files.createDirectories(directory.resolve("code-raw"));
        copyClasses(code, RawRuntime.class);
        script(code.resolve("start"), "exec \"$1\" -cp \"$LAMBDA_TASK_ROOT\" " + RawRuntime.class.getName());
        settings.code = code;
        settings.environment.putIfAbsent("AWS_LAMBDA_EXEC_WRAPPER", "/var/task/start");
        return put(settings);
    }

    FunctionDefinition raw() throws IOException {
        return raw(new Settings());
    }

    /** A function that the official runtime interface client runs. */
    FunctionDefinition managed(Class<?> handler, Settings settings) throws IOException {
        Path code = Files.createDirectories(directory.resolve("code-managed"));
        copyClasses(code, handler);
        settings.code = code;
        settings.handler = handler.getName();
        return put(settings);
    }

    FunctionDefinition put(Settings settings) throws IOException {
        FunctionDefinition function = TestFunctions.of(
                settings.name,
                new FunctionSettings(
                                settings.runtime,
                                null,
                                settings.memorySizeMb,
                                Duration.ofSeconds(settings.timeoutSeconds),
                                null,
                                settings.environment,
                                settings.layers,
                                null,
                                null,
                                null)
                        .complete(""),
                settings.handler,
                settings.code);
        endpoint.put(function);
        return function;
    }

    InvokeResponse invoke(String event) {
        return invoke("raw", event);
    }

    InvokeResponse invoke(String function, String event) {
        return client().invoke(request ->
                request.functionName(function).logType(LogType.TAIL).payload(SdkBytes.fromUtf8String(event)));
    }

    /** What came of a streamed invocation. */
    record Streamed(List<byte[]> chunks, InvokeWithResponseStreamCompleteEvent complete) {
        String text() {
            StringBuilder text = new StringBuilder();
            chunks.forEach(chunk -> text.append(new String(chunk, StandardCharsets.UTF_8)));
            return text.toString();
        }
    }

    Streamed invokeStreaming(String event) {
        List<byte[]> chunks = new ArrayList<>();
        CompletableFuture<InvokeWithResponseStreamCompleteEvent> complete = new CompletableFuture<>();
        asyncClient()
                .invokeWithResponseStream(
                        request -> request.functionName("raw").logType("Tail").payload(SdkBytes.fromUtf8String(event)),
                        InvokeWithResponseStreamResponseHandler.builder()
                                .subscriber(InvokeWithResponseStreamResponseHandler.Visitor.builder()
                                        .onPayloadChunk(chunk ->
                                                chunks.add(chunk.payload().asByteArray()))
                                        .onInvokeComplete(complete::complete)
                                        .build())
                                .build())
                .join();
        return new Streamed(chunks, complete.join());
    }

    /** The level that the endpoint tells. */
    Optional<String> isolation() {
        return endpoint.isolation();
    }

    TestEndpoint endpoint() {
        return endpoint;
    }

    URI uri() {
        return endpoint.uri();
    }

    static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A class and its nested ones. */
    static void copyClasses(Path target, Class<?> type) throws IOException {
        String base = type.getName().replace('.', '/');
        Path compiled = locate(base + ".class");
        Path folder = Files.createDirectories(target.resolve(base).getParent());
        String simpleName = base.substring(base.lastIndexOf('/') + 1);
        try (var files = Files.list(compiled.getParent())) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.equals(simpleName + ".class") || name.startsWith(simpleName + "$")) {
                    Path copy = folder.resolve(name);
                    if (!Files.exists(copy)) {
                        Files.copy(file, copy);
                    }
                }
            }
        }
    }

    private static Path locate(String resource) {
        try {
            return Path.of(
                    LocalFunctions.class.getClassLoader().getResource(resource).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        if (asyncClient != null) {
            asyncClient.close();
        }
        endpoint.close();
    }
}
