package io.github.lambdashell.target.aws;

import io.github.lambdashell.target.SideChannel;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A side channel through the stack's bucket. The function gets presigned URLs, so that its role needs no permission.
 * The bucket's lifecycle rule deletes the objects of killed builds after a day.
 */
final class BucketChannel implements SideChannel {
    /** Prefix of the keys that the template's lifecycle rule expires. */
    private static final String PREFIX = "session/";

    /**
     * Lifetime of a URL, longer than Lambda's maximum timeout of 15 minutes, because a command uses its URLs until it
     * ends.
     */
    private static final Duration URL_LIFETIME = Duration.ofMinutes(20);

    private final AwsClients clients;
    private final String bucket;
    private final String folder = PREFIX + UUID.randomUUID() + "/";
    private final AtomicLong count = new AtomicLong();

    BucketChannel(AwsClients clients, String bucket) {
        this.clients = clients;
        this.bucket = bucket;
    }

    @Override
    public String newKey() {
        return folder + count.incrementAndGet();
    }

    @Override
    public URI urlToGet(String key) {
        return presigned(() -> clients.presigner().presignGetObject(request -> request.signatureDuration(URL_LIFETIME)
                .getObjectRequest(get -> get.bucket(bucket).key(key))));
    }

    @Override
    public URI urlToPut(String key) {
        return presigned(() -> clients.presigner().presignPutObject(request -> request.signatureDuration(URL_LIFETIME)
                .putObjectRequest(put -> put.bucket(bucket).key(key))));
    }

    private URI presigned(Supplier<PresignedRequest> request) {
        try {
            return request.get().url().toURI();
        } catch (SdkException e) {
            throw AwsFailure.of(e, "sign a URL to the bucket " + bucket);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a signed URL is always a URI", e);
        }
    }

    @Override
    public void put(String key, byte[] bytes) {
        try {
            clients.s3().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
        } catch (SdkException e) {
            throw AwsFailure.of(e, "send to the bucket " + bucket);
        }
    }

    @Override
    public InputStream get(String key) {
        try {
            return clients.s3().getObject(request -> request.bucket(bucket).key(key));
        } catch (SdkException e) {
            throw AwsFailure.of(e, "fetch from the bucket " + bucket);
        }
    }

    @Override
    public void delete(Collection<String> keys) {
        try {
            for (String key : keys) {
                clients.s3().deleteObject(request -> request.bucket(bucket).key(key));
            }
        } catch (SdkException e) {
            throw AwsFailure.of(e, "remove from the bucket " + bucket);
        }
    }
}
