package io.github.lambdashell.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

class SignedRequestsTest {
    @TempDir
    Path state;

    private final EchoLambda lambda = new EchoLambda();
    private LocalEndpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        endpoint = LocalEndpoint.start(state, "us-east-1", (functions, files) -> lambda);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void theSdksBlockingClientIsLetIn() {
        try (StsClient sts = Clients.client(StsClient.builder(), endpoint)) {
            assertThat(sts.getCallerIdentity().account()).isEqualTo(LocalEndpoint.ACCOUNT_ID);
        }
    }

    @Test
    void theSdksNettyClientIsLetIn() {
        try (LambdaAsyncClient client = Clients.client(LambdaAsyncClient.builder(), endpoint)) {
            String answer = client.invoke(
                            request -> request.functionName("arn:aws:lambda:us-east-1:000000000000:function:a b")
                                    .payload(SdkBytes.fromUtf8String("{}")))
                    .join()
                    .payload()
                    .asUtf8String();
            assertThat(answer).isEqualTo("{}");
        }
    }

    @Test
    void anotherSecretIsRefusedAndNothingRuns() {
        try (LambdaClient client = Clients.client(
                LambdaClient.builder(), endpoint.uri(), Clients.keys(endpoint.accessKeyId(), "x".repeat(40)))) {
            assertThatThrownBy(() -> client.invoke(request -> request.functionName("f")))
                    .isInstanceOfSatisfying(LambdaException.class, e -> {
                        assertThat(e.statusCode()).isEqualTo(403);
                        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidSignatureException");
                        assertThat(e.requestId()).isNotBlank();
                    });
        }
        assertThat(lambda.requests).hasValue(0);
    }

    @Test
    void anotherKeyIsRefused() {
        try (StsClient sts = Clients.client(
                StsClient.builder(),
                endpoint.uri(),
                Clients.keys("AKIAIOSFODNN7EXAMPLE", endpoint.secretAccessKey()))) {
            assertThatThrownBy(sts::getCallerIdentity).isInstanceOfSatisfying(StsException.class, e -> {
                assertThat(e.statusCode()).isEqualTo(403);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidClientTokenId");
            });
        }
    }
}
