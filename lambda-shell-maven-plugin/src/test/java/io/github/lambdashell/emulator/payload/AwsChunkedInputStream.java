package io.github.lambdashell.emulator.payload;

import io.github.lambdashell.target.local.endpoint.AwsException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decodes the {@code aws-chunked} content coding: chunks with a signature each, or none, then trailers with one of their
 * own.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">Signature calculations for the
 *     Authorization header: transferring payload in multiple chunks</a>
 */
final class AwsChunkedInputStream extends InputStream {
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_TRAILERS = 16;

    private final InputStream in;
    /** Null when the chunks are not signed. */
    private final ChunkSignatures signatures;

    private final Map<String, String> trailers = new TreeMap<>();
    private final byte[] one = new byte[1];
    private final boolean trailersFollow;
    private long left;
    private long total;
    private boolean started;
    private boolean ended;

    AwsChunkedInputStream(InputStream in, ChunkSignatures signatures, boolean trailersFollow) {
        this.in = new BufferedInputStream(in, 64 * 1024);
        this.signatures = signatures;
        this.trailersFollow = trailersFollow;
    }

    /** Names in lower case; complete after the end of the body. */
    Map<String, String> trailers() {
        return trailers;
    }

    /** How many bytes came out so far. */
    long decodedLength() {
        return total;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (left == 0) {
            if (ended) {
                return -1;
            }
            nextChunk();
        }
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw incomplete();
        }
        if (signatures != null) {
            signatures.update(bytes, offset, count);
        }
        left -= count;
        total += count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (started) {
            if (!line().isEmpty()) {
                throw malformed();
            }
            endOfChunk();
        }
        started = true;
        String[] sizeAndSignature = line().split(";", 2);
        left = size(sizeAndSignature[0]);
        if (signatures != null) {
            String prefix = "chunk-signature=";
            if (sizeAndSignature.length < 2 || !sizeAndSignature[1].startsWith(prefix)) {
                throw malformed();
            }
            signatures.expect(sizeAndSignature[1].substring(prefix.length()));
        }
        if (left == 0) {
            endOfChunk();
            readTrailers();
            ended = true;
        }
    }

    private void endOfChunk() {
        if (signatures != null) {
            signatures.endOfChunk();
        }
    }

    private void readTrailers() throws IOException {
        String signature = null;
        StringBuilder signed = new StringBuilder();
        for (String line = lineOrEnd(); !line.isEmpty(); line = lineOrEnd()) {
            int colon = line.indexOf(':');
            if (colon < 1 || trailers.size() == MOST_TRAILERS) {
                throw malformed();
            }
            String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (name.equals("x-amz-trailer-signature")) {
                signature = value;
            } else {
                trailers.put(name, value);
                signed.append(name).append(':').append(value).append('\n');
            }
        }
        if (signatures != null && trailersFollow) {
            signatures.checkTrailers(signed.toString(), signature);
        } else if (!trailersFollow && !trailers.isEmpty()) {
            throw malformed();
        }
    }

    private static long size(String hexadecimal) {
        if (hexadecimal.length() > 8) {
            throw malformed();
        }
        try {
            return Long.parseUnsignedLong(hexadecimal, 16);
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    private String line() throws IOException {
        String line = lineOrNull();
        if (line == null) {
            throw incomplete();
        }
        return line;
    }

    /** Some clients end the body right after its last trailer. */
    private String lineOrEnd() throws IOException {
        String line = lineOrNull();
        return line == null ? "" : line;
    }

    private String lineOrNull() throws IOException {
        StringBuilder line = new StringBuilder(128);
        int b;
        while ((b = in.read()) != '\n') {
            if (b < 0) {
                if (line.length() > 0) {
                    throw incomplete();
                }
                return null;
            }
            if (line.length() == LONGEST_LINE) {
                throw malformed();
            }
            line.append((char) b);
        }
        int length = line.length();
        if (length > 0 && line.charAt(length - 1) == '\r') {
            line.setLength(length - 1);
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static EOFException incomplete() {
        return new EOFException("the aws-chunked body ends in the middle");
    }

    private static AwsException malformed() {
        return new AwsException(400, "InvalidChunkSizeError", "The aws-chunked body is malformed.");
    }
}
