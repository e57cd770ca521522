package io.github.lambdashell.emulator;

import com.sun.net.httpserver.HttpExchange;
import io.github.lambdashell.target.local.endpoint.Exchange;
import io.github.lambdashell.target.local.endpoint.sigv4.RequestHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** An exchange of the JDK's HTTP server. */
final class JdkExchange implements Exchange {
    private final HttpExchange raw;
    private final byte[] body;
    private final String requestId = UUID.randomUUID().toString();
    private boolean responded;

    final RequestHead head;

    JdkExchange(HttpExchange raw) throws IOException {
        this.raw = raw;
        this.body = raw.getRequestBody().readAllBytes();
        Map<String, List<String>> headers = new TreeMap<>();
        raw.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        this.head = RequestHead.of(raw.getRequestMethod(), raw.getRequestURI().toString(), headers);
    }

    byte[] bytes() {
        return body;
    }

    String requestId() {
        return requestId;
    }

    boolean hasResponded() {
        return responded;
    }

    @Override
    public String method() {
        return head.method();
    }

    @Override
    public String path() {
        return head.path();
    }

    @Override
    public Map<String, List<String>> query() {
        return head.query();
    }

    @Override
    public Optional<String> header(String name) {
        return head.header(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public Set<String> headerNames() {
        return head.headers().keySet();
    }

    @Override
    public InputStream body() {
        return new ByteArrayInputStream(body);
    }

    @Override
    public void respond(int status, Map<String, String> headers, byte[] content) throws IOException {
        try (OutputStream out = respondStreaming(status, headers, content.length)) {
            out.write(content);
        }
    }

    @Override
    public OutputStream respondStreaming(int status, Map<String, String> headers, long length) throws IOException {
        responded = true;
        raw.getResponseHeaders().set("x-amzn-requestid", requestId);
        raw.getResponseHeaders().set("x-amz-request-id", requestId);
        headers.forEach(raw.getResponseHeaders()::set);
        if (method().equals("HEAD")) {
            raw.getResponseHeaders().set("Content-Length", Long.toString(length));
            raw.sendResponseHeaders(status, -1);
            return OutputStream.nullOutputStream();
        }
        // For the JDK's server, a length of 0 means an unknown one.
        raw.sendResponseHeaders(status, length == 0 ? -1 : Math.max(length, 0));
        return length == 0 ? OutputStream.nullOutputStream() : raw.getResponseBody();
    }
}
