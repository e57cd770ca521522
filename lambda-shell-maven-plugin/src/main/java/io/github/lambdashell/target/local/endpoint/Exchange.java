package io.github.lambdashell.target.local.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request and its response. Used by one thread. */
public interface Exchange {
    /** Returns the HTTP method, such as GET. */
    String method();

    /** Returns the percent-decoded path, which begins with a slash. */
    String path();

    /** Returns the decoded query parameters in their order; a key without a value has the empty string. */
    Map<String, List<String>> query();

    /**
     * Returns the first value of a header; the name is not case-sensitive. After the end of the body, trailers of
     * aws-chunked are included.
     */
    Optional<String> header(String name);

    /** Returns the names of all headers, in lower case. */
    Set<String> headerNames();

    /**
     * Returns the decoded body (chunked transfer and aws-chunked, whose signatures and checksum trailer are verified).
     * It is read from the socket on demand, so a slow reader slows the sender.
     */
    InputStream body();

    /** Sends a response with a complete body. Called at most once per exchange. */
    void respond(int status, Map<String, String> headers, byte[] body) throws IOException;

    /**
     * Begins a response whose body is written in parts. Each flush sends the bytes at once; a write blocks while the
     * peer does not read. Closing the stream ends the response; without it the connection is broken, so that the peer
     * notices that the body is incomplete.
     *
     * @param length length of the body in bytes, or -1 for chunked transfer
     */
    OutputStream respondStreaming(int status, Map<String, String> headers, long length) throws IOException;
}
