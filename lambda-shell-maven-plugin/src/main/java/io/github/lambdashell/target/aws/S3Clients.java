package io.github.lambdashell.target.aws;

import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
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
     * @param builders each set up as all clients are
     */
    static S3Client client(Supplier<S3ClientBuilder> builders) {
        S3Client client = builders.get().build();
        // Set here, in AWS_ENDPOINT_URL or in the profile: only the client knows.
        if (client.serviceClientConfiguration().endpointOverride().isEmpty()) {
            return client;
        }
        client.close();
        return forEmulators(builders.get()).build();
    }

    /**
     * An emulator's host name rarely resolves with a bucket's name in front, and few decode bodies that are signed in
     * chunks or carry a checksum after their end.
     */
    private static S3ClientBuilder forEmulators(S3ClientBuilder builder) {
        return builder.forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build());
    }

    /**
     * @param client of the client whose buckets the URLs lead to
     */
    static S3Presigner presigner(S3ServiceClientConfiguration client, AwsCredentialsProvider credentials) {
        S3Presigner.Builder builder = S3Presigner.builder()
                .credentialsProvider(credentials)
                .region(client.region())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(client.endpointOverride().isPresent())
                        .build());
        client.endpointOverride().ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
