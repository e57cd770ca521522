package io.github.lambdashell.emulator;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket of an emulator, and the SDK's client for it. */
abstract class S3Fixture {
    static final String BUCKET = "code-bucket";

    @TempDir
    Path root;

    AwsEmulator endpoint;
    S3Client s3;

    @BeforeEach
    void start() throws Exception {
        endpoint = AwsEmulator.withoutSandboxes(root.resolve("state"));
        s3 = Clients.client(Clients.s3().httpClient(UrlConnectionHttpClient.create()), endpoint);
        s3.createBucket(request -> request.bucket(BUCKET));
    }

    @AfterEach
    void stop() {
        s3.close();
        endpoint.close();
    }
}
