package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.target.local.endpoint.AwsException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an object.
 *
 * @param first position of its first byte
 * @param length in bytes
 */
record ByteRange(long first, long length) {
    private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * Reads a Range header.
     *
     * @return empty for a header that HTTP says to ignore: several ranges, or one that makes no sense
     * @throws AwsException 416 when the object has no such bytes
     */
    static Optional<ByteRange> of(String header, long size) {
        Matcher matcher = ONE_RANGE.matcher(header.strip());
        if (!matcher.matches() || header.strip().equals("bytes=-")) {
            return Optional.empty();
        }
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty()) {
            long length = Math.min(Long.parseLong(to), size);
            return satisfiable(new ByteRange(size - length, length));
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
        if (!to.isEmpty() && Long.parseLong(to) < first) {
            return Optional.empty();
        }
        return satisfiable(new ByteRange(first, last - first + 1));
    }

    private static Optional<ByteRange> satisfiable(ByteRange range) {
        if (range.length() <= 0) {
            throw new AwsException(416, "InvalidRange", "The requested range is not satisfiable");
        }
        return Optional.of(range);
    }
}
