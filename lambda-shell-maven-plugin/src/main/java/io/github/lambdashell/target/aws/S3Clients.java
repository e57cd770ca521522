package io.github.lambdashell.target.aws;

import java.util.function.Supplier;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Clients for S3, which are configured differently for emulators. */
final class S3Clients {
    private S3Clients() {}

    /**
     * Returns a client for S3.
     *
     * @param builders returns builders with the settings that all clients share
     */
    static S3Client client(Supplier<S3ClientBuilder> builders) {
        S3Client client = builders.get().build();
        // Only a built client knows the endpoint: it can be in the plugin's parameter, AWS_ENDPOINT_URL or the profile.
        if (client.serviceClientConfiguration().endpointOverride().isEmpty()) {
            return client;
        }
        client.close();
        return forEmulators(builders.get()).build();
    }

    /**
     * Configures a client for emulators: their host names rarely resolve with a bucket's name in front, and few of them
     * decode bodies that are signed in chunks or have a trailing checksum.
     */
    private static S3ClientBuilder forEmulators(S3ClientBuilder builder) {
        return builder.forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build());
    }

    /**
     * Returns a presigner of URLs.
     *
     * @param client configuration of the client whose buckets the URLs lead to, not null
     * @param settings of all clients; by itself, the presigner would read those of the default profile
     */
    static S3Presigner presigner(S3ServiceClientConfiguration client, ClientSettings settings) {
        S3Presigner.Builder builder = S3Presigner.builder()
                .credentialsProvider(settings.credentials())
                .region(client.region())
                .fipsEnabled(settings.usesFips())
                .dualstackEnabled(settings.usesDualstack())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(client.endpointOverride().isPresent())
                        .build());
        client.endpointOverride().ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
