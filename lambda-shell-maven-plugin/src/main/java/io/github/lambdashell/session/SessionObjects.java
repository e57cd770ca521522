package io.github.lambdashell.session;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.aws.AwsFailure;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/**
 * What a session and its commands hand each other through the stack's bucket. The function gets presigned URLs, so that
 * its role needs no permission for it; the bucket's lifecycle removes after a day what was left behind. Safe for use by
 * several threads.
 */
public final class SessionObjects {
    /** The template's lifecycle rule expires what is under it. */
    private static final String PREFIX = "session/";
    /** Longer than Lambda's longest timeout, for a command uses its URLs until its end. */
    private static final Duration URL_LIFETIME = Duration.ofMinutes(20);

    private final AwsClients clients;
    private final String bucket;
    private final String folder = PREFIX + UUID.randomUUID() + "/";
    private final AtomicLong count = new AtomicLong();

    public SessionObjects(AwsClients clients, String bucket) {
        this.clients = Objects.requireNonNull(clients);
        this.bucket = Objects.requireNonNull(bucket);
    }

    /** A key that no object has and nobody can guess. */
    public String newKey() {
        return folder + count.incrementAndGet();
    }

    /** Where whoever holds the URL can fetch the object, now or once it exists. */
    public URI urlToGet(String key) {
        return presigned(() -> {
            PresignedGetObjectRequest signed = clients.presigner()
                    .presignGetObject(request -> request.signatureDuration(URL_LIFETIME)
                            .getObjectRequest(get -> get.bucket(bucket).key(key)));
            return signed.url().toURI();
        });
    }

    /** Where whoever holds the URL can put the object. */
    public URI urlToPut(String key) {
        return presigned(() -> {
            PresignedPutObjectRequest signed = clients.presigner()
                    .presignPutObject(request -> request.signatureDuration(URL_LIFETIME)
                            .putObjectRequest(put -> put.bucket(bucket).key(key)));
            return signed.url().toURI();
        });
    }

    /** Puts an object. */
    public void put(String key, byte[] bytes) {
        try {
            clients.s3().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
        } catch (SdkException e) {
            throw AwsFailure.of(e, "send to the bucket " + bucket);
        }
    }

    /** An object's content; the caller closes it. */
    public InputStream get(String key) {
        try {
            return clients.s3().getObject(request -> request.bucket(bucket).key(key));
        } catch (SdkException e) {
            throw AwsFailure.of(e, "fetch from the bucket " + bucket);
        }
    }

    /** Removes objects; one that is not there is no failure. */
    public void delete(Collection<String> keys) {
        try {
            for (String key : keys) {
                clients.s3().deleteObject(request -> request.bucket(bucket).key(key));
            }
        } catch (SdkException e) {
            throw AwsFailure.of(e, "remove from the bucket " + bucket);
        }
    }

    private interface Presigning {
        URI sign() throws URISyntaxException;
    }

    private URI presigned(Presigning presigning) {
        try {
            return presigning.sign();
        } catch (SdkException e) {
            throw AwsFailure.of(e, "sign a URL to the bucket " + bucket);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a signed URL is always a URI", e);
        }
    }
}
