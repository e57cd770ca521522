package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.Exchange;
import io.github.lambdashell.target.local.endpoint.sigv4.Percent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The object that a request copies.
 *
 * @param version which of its versions
 * @param content of it, open
 */
record CopySource(String bucket, ObjectVersion version, FileChannel content) implements AutoCloseable {
    static final String HEADER = "x-amz-copy-source";

    private static final String IF_MATCH = HEADER + "-if-match";
    private static final String IF_NONE_MATCH = HEADER + "-if-none-match";
    private static final String IF_MODIFIED_SINCE = HEADER + "-if-modified-since";
    private static final String IF_UNMODIFIED_SINCE = HEADER + "-if-unmodified-since";

    /** What a client may ask of the source before it is copied. */
    private static final List<String> CONDITIONS =
            List.of(IF_MATCH, IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE);

    private static final String VERSION = "?versionId=";

    /** The headers that a copy heeds: those of its source, and its own. */
    static String[] heeded(String... own) {
        return Stream.of(Stream.of(HEADER), CONDITIONS.stream(), Stream.of(own))
                .flatMap(names -> names)
                .toArray(String[]::new);
    }

    /**
     * Opens what {@value #HEADER} names: {@code bucket/key}, percent-encoded, with a slash before it or not.
     *
     * @throws AwsException 404 when there is no such object, 400 when it names none, 412 when it is not as a
     *     condition asks
     */
    static CopySource open(Exchange exchange, BucketStore buckets, ObjectStore objects) throws IOException {
        String text = exchange.header(HEADER).orElseThrow();
        int mark = text.indexOf(VERSION);
        String path = Percent.decodePath(mark < 0 ? text : text.substring(0, mark));
        String versionId = mark < 0 ? "" : text.substring(mark + VERSION.length());
        String name = path.startsWith("/") ? path.substring(1) : path;
        int slash = name.indexOf('/');
        if (slash < 1 || slash == name.length() - 1) {
            throw new AwsException(
                    400,
                    "InvalidArgument",
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        }
        String bucket = name.substring(0, slash);
        buckets.get(bucket);
        // As in GetObject: another request may replace the object between the two steps.
        for (int attempt = 0; ; attempt++) {
            ObjectVersion version = ObjectOperations.find(objects, bucket, name.substring(slash + 1), versionId);
            ObjectOperations.requireThat(meetsConditions(exchange, version));
            try {
                return new CopySource(bucket, version, FileChannel.open(objects.content(bucket, version)));
            } catch (NoSuchFileException e) {
                if (attempt == 10) {
                    throw e;
                }
            }
        }
    }

    /** Of each pair the ETag decides where both are given. */
    private static boolean meetsConditions(Exchange exchange, ObjectVersion version) {
        boolean isAsExpected = exchange.header(IF_MATCH)
                .map(tags -> ObjectOperations.matches(tags, version))
                .orElseGet(() ->
                        !isModifiedSince(exchange, IF_UNMODIFIED_SINCE, version).orElse(false));
        boolean isNew = exchange.header(IF_NONE_MATCH)
                .map(tags -> !ObjectOperations.matches(tags, version))
                .orElseGet(() ->
                        isModifiedSince(exchange, IF_MODIFIED_SINCE, version).orElse(true));
        return isAsExpected && isNew;
    }

    /** To the second, as Last-Modified tells it; empty where no date is given. */
    private static Optional<Boolean> isModifiedSince(Exchange exchange, String header, ObjectVersion version) {
        try {
            return exchange.header(header)
                    .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
                    .map(version.lastModified().truncatedTo(ChronoUnit.SECONDS)::isAfter);
        } catch (DateTimeParseException e) {
            throw new AwsException(400, "InvalidArgument", header + " is no date of HTTP: " + e.getParsedString());
        }
    }

    InputStream whole() {
        return Channels.newInputStream(content);
    }

    /** @throws AwsException 400 for a header that isn't {@code bytes=first-last} within the object */
    InputStream range(String header) throws IOException {
        ByteRange range = header.matches("bytes=\\d{1,18}-\\d{1,18}")
                ? ByteRange.of(header, version.size()).orElse(null)
                : null;
        if (range == null || !header.endsWith("-" + (range.first() + range.length() - 1))) {
            throw new AwsException(
                    400,
                    "InvalidArgument",
                    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are "
                            + "the zero-based offsets of the first and last bytes to copy");
        }
        content.position(range.first());
        return new BoundedInputStream(whole(), range.length());
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
