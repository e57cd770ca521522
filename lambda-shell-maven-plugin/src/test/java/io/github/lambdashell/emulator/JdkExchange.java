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
import java.util.TreeMap;
import java.util.UUID;

/** An exchange of the JDK's HTTP server. */
final class JdkExchange implements Exchange {
    private final HttpExchange raw;
    private final byte[] body;
    private final String requestId = UUID.randomUUID().toString();
    private final RequestHead head;
    private boolean responded;

    JdkExchange(HttpExchange raw) throws IOException {
        this.raw = raw;
        this.body = raw.getRequestBody().readAllBytes();
        Map<String, List<String>> headers = new TreeMap<>();
        raw.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        this.head = RequestHead.of(raw.getRequestMethod(), raw.getRequestURI().toString(), headers);
    }

    @Override
    public RequestHead head() {
        return head;
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
    public InputStream body() {
        return new ByteArrayInputStream(body);
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
