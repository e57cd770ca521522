package io.github.lambdashell.check.ready;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.lambdashell.target.local.runtime.RuntimeLibraries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** AWS's official runtime interface client as a referee: it starts a handler as on Lambda, and sends it one event. */
final class OfficialClient {
    private static final String API = "/2018-06-01/runtime/";
    private static final int LIMIT_SECONDS = 60;

    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

    /**
     * What became of the event.
     *
     * @param accepts whether the handler returned
     * @param errorType of the error, if it has one
     * @param text the error's message, or the response
     */
    record Verdict(boolean accepts, String errorType, String text) {}

    /**
     * Runs a handler.
     *
     * @param task the folder of the package
     * @param runtime the folder with the runtime's libraries in lib
     */
    static Verdict run(Path task, Path runtime, String handler) throws Exception {
        OfficialClient client = new OfficialClient();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext(API, client::answer);
        server.start();
        Path log = Files.createTempFile(task.getParent(), "client", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                                + runtime.resolve("lib").resolve(RuntimeLibraries.NATIVE_LIBRARY),
                        "-cp",
                        runtime + "/lib/*",
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        handler)
                .directory(task.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .put(
                        "AWS_LAMBDA_RUNTIME_API",
                        "127.0.0.1:" + server.getAddress().getPort());
        Process process = builder.start();
        process.onExit().thenRun(() -> client.verdict.completeExceptionally(new IOException("the client ended")));
        try {
            return client.verdict.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("no verdict on " + handler + ":\n" + Files.readString(log), e);
        } finally {
            process.destroyForcibly().waitFor();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(API.length());
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (path.equals("invocation/next") && !verdict.isDone()) {
            exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", "1");
            exchange.getResponseHeaders().add("Lambda-Runtime-Deadline-Ms", "9999999999999");
            exchange.getResponseHeaders().add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:::function:f");
            // Without these two the client's native library crashes.
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Lambda-Runtime-Trace-Id", "Root=1-1-1");
            send(exchange, 200, "{}");
            return;
        }
        if (path.endsWith("/error")) {
            JsonNode error = new ObjectMapper().readTree(body);
            verdict.complete(new Verdict(
                    false,
                    error.path("errorType").asText(),
                    error.path("errorMessage").asText()));
        } else if (path.endsWith("/response")) {
            verdict.complete(new Verdict(true, "", body));
        }
        send(exchange, 202, "{}");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(status, body.length());
        exchange.getResponseBody().write(body.getBytes(UTF_8));
        exchange.close();
    }
}
