package io.github.lambdashell.function;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lambda's Runtime API: hands out invocations, and passes on what comes for them while it comes. */
final class FakeRuntimeApi implements Closeable {
    /**
     * What a runtime posted, or its request to be restored.
     *
     * @param path after {@code /2018-06-01/runtime/}
     * @param body as it comes; the runtime gets its answer when this is closed
     */
    record Post(String path, Headers headers, InputStream body) {}

    private record Invocation(Map<String, String> headers, byte[] payload) {}

    private final BlockingQueue<Invocation> invocations = new LinkedBlockingQueue<>();
    private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private int count;

    FakeRuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/2018-06-01/runtime/", this::serve);
        server.start();
    }

    /** For the variable {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Puts an invocation in the queue, with a minute's time. */
    void invoke(byte[] payload, Map<String, String> moreHeaders) {
        Map<String, String> headers = new LinkedHashMap<>();
        // Without it AWS' own client (2.9.0) crashes.
        headers.put("Content-Type", "application/json");
        headers.put("Lambda-Runtime-Aws-Request-Id", "request-" + ++count);
        headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 60_000));
        headers.put("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:123456789012:function:shell");
        headers.put("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e70" + count + ";Sampled=0");
        headers.putAll(moreHeaders);
        invocations.add(new Invocation(headers, payload));
    }

    /** The next post, which the caller reads and closes. */
    Post post() throws InterruptedException {
        Post post = posts.poll(15, TimeUnit.SECONDS);
        if (post == null) {
            throw new AssertionError("nothing came from the runtime");
        }
        return post;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/2018-06-01/runtime/".length());
        try (exchange) {
            if (path.equals("invocation/next")) {
                Invocation invocation = invocations.take();
                invocation.headers.forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(200, invocation.payload.length);
                exchange.getResponseBody().write(invocation.payload);
            } else {
                CountDownLatch read = new CountDownLatch(1);
                InputStream body = new java.io.FilterInputStream(exchange.getRequestBody()) {
                    @Override
                    public void close() {
                        read.countDown();
                    }
                };
                posts.add(new Post(path, exchange.getRequestHeaders(), body));
                read.await();
                byte[] answer = "{\"status\":\"OK\"}".getBytes();
                exchange.sendResponseHeaders(path.equals("restore/next") ? 200 : 202, answer.length);
                exchange.getResponseBody().write(answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
