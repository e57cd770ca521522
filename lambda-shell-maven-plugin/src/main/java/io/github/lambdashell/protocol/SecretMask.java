package io.github.lambdashell.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Keeps literal secrets out of a command's output, also one that comes in two pieces: bytes that may be the beginning
 * of one are held back until the next ones, or the end, tell.
 */
final class SecretMask implements FrameListener {
    private static final byte[] MASK = "***".getBytes(StandardCharsets.UTF_8);

    private final FrameListener listener;
    private final List<byte[]> secrets;
    private final boolean[] firstBytes = new boolean[256];
    private final Held stdout = new Held();
    private final Held stderr = new Held();

    /**
     * @param secrets none of them empty
     */
    SecretMask(FrameListener listener, Collection<String> secrets) {
        this.listener = listener;
        this.secrets = secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.secrets.forEach(secret -> firstBytes[secret[0] & 0xff] = true);
    }

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
        byte[] masked = stdout.mask(bytes, offset, length);
        listener.stdout(masked, 0, masked.length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
        byte[] masked = stderr.mask(bytes, offset, length);
        listener.stderr(masked, 0, masked.length);
    }

    @Override
    public void step(StepEnd step) {
        flush();
        listener.step(step);
    }

    /** Hands on what was held back: nothing follows that would make a secret of it. */
    void flush() {
        byte[] out = stdout.rest();
        if (out.length > 0) {
            listener.stdout(out, 0, out.length);
        }
        byte[] err = stderr.rest();
        if (err.length > 0) {
            listener.stderr(err, 0, err.length);
        }
    }

    /** One channel's bytes that may be the beginning of a secret. */
    private final class Held {
        private byte[] held = new byte[0];

        byte[] rest() {
            return mask(new byte[0], 0, 0, true);
        }

        byte[] mask(byte[] bytes, int offset, int length) {
            return mask(bytes, offset, length, false);
        }

        private byte[] mask(byte[] bytes, int offset, int length, boolean last) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream(held.length + length);
            joined.writeBytes(held);
            joined.write(bytes, offset, length);
            held = new byte[0];
            byte[] input = joined.toByteArray();
            ByteArrayOutputStream output = new ByteArrayOutputStream(input.length);
            int from = 0;
            int at = 0;
            while (at < input.length) {
                int match = firstBytes[input[at] & 0xff] ? match(input, at, last) : 0;
                if (match == 0) {
                    at++;
                    continue;
                }
                output.write(input, from, at - from);
                if (match < 0) {
                    held = Arrays.copyOfRange(input, at, input.length);
                    return output.toByteArray();
                }
                output.writeBytes(MASK);
                at += match;
                from = at;
            }
            output.write(input, from, at - from);
            return output.toByteArray();
        }

        /**
         * The length of the longest secret that stands there; 0 for none; -1 where the input ends before that is known
         * and more may come.
         */
        private int match(byte[] input, int at, boolean last) {
            int found = 0;
            for (byte[] secret : secrets) {
                int room = Math.min(secret.length, input.length - at);
                if (Arrays.equals(input, at, at + room, secret, 0, room)) {
                    if (room == secret.length) {
                        found = Math.max(found, room);
                    } else if (!last) {
                        return -1;
                    }
                }
            }
            return found;
        }
    }
}
