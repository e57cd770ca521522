package io.github.lambdashell.target.local.endpoint;

import io.github.lambdashell.target.local.endpoint.sigv4.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request and its response. Used by one thread. */
public interface Exchange {
    /** Returns the request without its body. */
    RequestHead head();

    /** Returns the body, decoded from chunks. It is read from the socket on demand, so a slow reader slows the sender. */
    InputStream body();

    /** Returns the HTTP method, such as GET. */
    default String method() {
        return head().method();
    }

    /** Returns the percent-decoded path, which begins with a slash. */
    default String path() {
        return head().path();
    }

    /** Returns the decoded query parameters in their order; a key without a value has the empty string. */
    default Map<String, List<String>> query() {
        return head().query();
    }

    /** Returns the first value of a header; the name is not case-sensitive. */
    default Optional<String> header(String name) {
        return head().header(name.toLowerCase(Locale.ROOT));
    }

    /** Sends a response with a complete body. Called at most once per exchange. */
    default void respond(int status, Map<String, String> headers, byte[] body) throws IOException {
        try (OutputStream out = respondStreaming(status, headers, body.length)) {
            out.write(body);
        }
    }

    /**
     * Begins a response whose body is written in parts. Each flush sends the bytes at once; a write blocks while the
     * peer does not read. Closing the stream ends the response; without it the connection is broken, so that the peer
     * notices that the body is incomplete.
     *
     * @param length length of the body in bytes, or -1 for chunked transfer
     */
    OutputStream respondStreaming(int status, Map<String, String> headers, long length) throws IOException;
}
