package io.github.lambdashell.local.s3;

import io.github.lambdashell.local.http.AwsException;
import io.github.lambdashell.local.http.Exchange;
import io.github.lambdashell.local.http.Percent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;

/**
 * The object that a request copies.
 *
 * @param version which of its versions
 * @param content of it, open
 */
record CopySource(String bucket, ObjectVersion version, FileChannel content) implements AutoCloseable {
    static final String HEADER = "x-amz-copy-source";

    /** The ETag that the source must have. */
    static final String IF_MATCH = "x-amz-copy-source-if-match";

    private static final String VERSION = "?versionId=";

    /**
     * Opens what {@value #HEADER} names: {@code bucket/key}, percent-encoded, with a slash before it or not.
     *
     * @throws AwsException 404 when there is no such object, 400 when it names none
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
            ObjectOperations.checkMatch(exchange.header(IF_MATCH), version);
            try {
                return new CopySource(bucket, version, FileChannel.open(objects.content(bucket, version)));
            } catch (NoSuchFileException e) {
                if (attempt == 10) {
                    throw e;
                }
            }
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
