package io.github.lambdashell.target.local.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One request and its answer. Used by one thread. */
public interface Exchange {
    /** GET, PUT and so on. */
    String method();

    /** The path, percent-decoded, beginning with a slash. */
    String path();

    /** Query parameters, decoded, in their order; a key without a value has the empty string. */
    Map<String, List<String>> query();

    /** The first value of a header, its name in any case; after the body's end also of an aws-chunked trailer. */
    Optional<String> header(String name);

    /** The names of all headers, in lower case. */
    Set<String> headerNames();

    /**
     * The body, decoded (chunked transfer, aws-chunked with its signatures and checksum trailer checked). Read from the
     * socket as it is needed: a reader that is slow slows the sender.
     */
    InputStream body();

    /** Answers with a whole body. Once per exchange. */
    void respond(int status, Map<String, String> headers, byte[] body) throws IOException;

    /**
     * Answers with a body that is written bit by bit, each flush on its way at once; a write blocks while the peer does
     * not read. Closing it ends the response; leaving it unclosed breaks the connection, so that the peer sees that the
     * body is not whole.
     *
     * @param length of the body in bytes, or -1 for chunked transfer
     */
    OutputStream respondStreaming(int status, Map<String, String> headers, long length) throws IOException;
}
