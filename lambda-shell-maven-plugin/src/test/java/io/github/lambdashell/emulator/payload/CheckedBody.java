package io.github.lambdashell.emulator.payload;

import io.github.lambdashell.target.local.endpoint.AwsException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Supplier;

/**
 * A body that is checked when its end is reached: a reader that saw the end without an exception has what was sent.
 */
final class CheckedBody extends InputStream {
    private final InputStream in;
    private final List<Check> checks;
    private boolean ended;

    /**
     * One hash to come out right.
     *
     * @param expected asked at the end of the body; null when what should be checked against never came
     * @param mismatch thrown when it doesn't
     */
    record Check(Digest digest, Supplier<byte[]> expected, AwsException mismatch) {}

    CheckedBody(InputStream in, List<Check> checks) {
        this.in = in;
        this.checks = checks;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count >= 0) {
            for (Check check : checks) {
                check.digest().update(bytes, offset, count);
            }
        } else if (!ended) {
            ended = true;
            for (Check check : checks) {
                byte[] expected = check.expected().get();
                if (expected == null || !MessageDigest.isEqual(check.digest().value(), expected)) {
                    throw check.mismatch();
                }
            }
        }
        return count;
    }
}
