package io.github.lambdashell.emulator;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The SDK's clients for an endpoint. */
final class Clients {
    private Clients() {}

    /** Returns a builder that is configured like the plugin's client for emulators. */
    static S3ClientBuilder s3() {
        return S3Client.builder()
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(false));
    }

    static AwsCredentialsProvider keysOf(AwsEmulator endpoint) {
        return keys(endpoint.accessKeyId(), endpoint.secretAccessKey());
    }

    static AwsCredentialsProvider keys(String id, String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
    }

    static <B extends AwsClientBuilder<B, C>, C> C client(B builder, AwsEmulator endpoint) {
        return client(builder, endpoint.uri(), keysOf(endpoint));
    }

    static <B extends AwsClientBuilder<B, C>, C> C client(B builder, URI endpoint, AwsCredentialsProvider keys) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(keys)
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }
}
