package io.github.lambdashell.emulator.payload;

import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.sigv4.RequestHead;
import java.io.IOException;
import java.io.InputStream;

/** Compares a decoded body with the length that was announced for it. */
final class DecodedLength extends InputStream {
    private final AwsChunkedInputStream chunked;
    private final long announced;

    /** @throws AwsException 411 when no length was announced */
    DecodedLength(AwsChunkedInputStream chunked, RequestHead head) {
        this.chunked = chunked;
        this.announced = head.header("x-amz-decoded-content-length")
                .filter(length -> length.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElseThrow(() -> new AwsException(
                        411, "MissingContentLength", "You must provide the Content-Length HTTP header."));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = chunked.read(bytes, offset, length);
        if (count < 0 && chunked.decodedLength() != announced) {
            throw new AwsException(
                    400,
                    "IncompleteBody",
                    "You did not provide the number of bytes specified by the x-amz-decoded-content-length header.");
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
