package io.github.lambdashell.emulator;

import io.github.lambdashell.emulator.http.HttpExchange;
import io.github.lambdashell.emulator.payload.Payload;
import io.github.lambdashell.target.local.endpoint.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An exchange as a service sees it: the body decoded and checked. */
final class AuthenticatedExchange implements Exchange {
    private final HttpExchange raw;
    private final Payload payload;
    private final InputStream body;

    /** @param body the payload's stream, or its content where that has been read already */
    AuthenticatedExchange(HttpExchange raw, Payload payload, InputStream body) {
        this.raw = raw;
        this.payload = payload;
        this.body = body;
    }

    @Override
    public String method() {
        return raw.method();
    }

    @Override
    public String path() {
        return raw.path();
    }

    @Override
    public Map<String, List<String>> query() {
        return raw.query();
    }

    @Override
    public Optional<String> header(String name) {
        return raw.header(name).or(() -> payload.trailer(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Set<String> headerNames() {
        return raw.headerNames();
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void respond(int status, Map<String, String> headers, byte[] content) throws IOException {
        raw.respond(status, headers, content);
    }

    @Override
    public OutputStream respondStreaming(int status, Map<String, String> headers, long length) throws IOException {
        return raw.respondStreaming(status, headers, length);
    }
}
