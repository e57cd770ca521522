package io.github.lambdashell.target.local.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.endpoint.KeptConnection.Answer;
import io.github.lambdashell.target.local.endpoint.SignedRequest.Protection;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the endpoint lets in, by their signatures. There is no function, so it finds none for those. */
class InvokeEndpointTest {
    private static final String INVOKE = "/2015-03-31/functions/f/invocations";
    private static final byte[] BODY = "{\"command\":\"true\"}".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path root;

    private TestEndpoint endpoint;

    @BeforeEach
    void start() {
        endpoint = new TestEndpoint(root.resolve("state"), SandboxOptions.DEFAULT);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private Answer send(String head, byte[] body) throws IOException {
        try (KeptConnection connection = new KeptConnection(endpoint.uri().getPort())) {
            return connection.send(new SignedRequest(head, body).bytes());
        }
    }

    private SignedRequest invoke(byte[] body, Protection protection) {
        return SignedRequest.of(endpoint, "lambda", "POST", INVOKE, body, protection);
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers()).containsEntry("x-amzn-errortype", error);
    }

    @Test
    void aSignedRequestIsLetIn() throws IOException {
        for (Protection protection : Protection.values()) {
            SignedRequest signed = invoke(BODY, protection);
            assertThat(send(signed.head(), signed.body()).status()).isEqualTo(404);
        }
    }

    @Test
    void anUnsignedRequestIsRefused() throws IOException {
        Answer answer = send("POST " + INVOKE + " HTTP/1.1\r\nHost: x\r\nContent-Length: 18\r\n\r\n", BODY);

        assertRefused(answer, "MissingAuthenticationTokenException");
    }

    @Test
    void anotherBodyThanTheSignedOneIsRefused() throws IOException {
        SignedRequest signed = invoke(BODY, Protection.HASHED);
        signed.body()[7]++;

        assertRefused(send(signed.head(), signed.body()), "InvalidSignatureException");
    }

    @Test
    void aHashThatIsOnlyClaimedIsRefused() throws IOException {
        SignedRequest signed = invoke(BODY, Protection.HASHED);
        String unsigned =
                signed.head().replaceFirst("x-amz-content-sha256: \\w+", "x-amz-content-sha256: UNSIGNED-PAYLOAD");
        assertThat(unsigned).isNotEqualTo(signed.head());

        assertThat(send(unsigned, signed.body()).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3", "cloudformation", "sts"})
    void aSignatureForAnotherServiceIsRefused(String service) throws IOException {
        SignedRequest signed = invoke(BODY, Protection.HASHED);
        String head = signed.head().replace("/lambda/aws4_request", "/" + service + "/aws4_request");

        assertThat(send(head, signed.body()).status()).isEqualTo(403);
    }

    @Test
    void aServiceThatItDoesNotHaveIsNamed() throws IOException {
        SignedRequest signed = SignedRequest.of(endpoint, "dynamodb", "POST", "/", new byte[0], Protection.HASHED);

        Answer answer = send(signed.head(), signed.body());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).asString().contains("no service dynamodb; it has lambda");
    }

    @Test
    void aPayloadOverLambdasLimitIsRefused() throws IOException {
        SignedRequest signed = invoke(new byte[6 * 1024 * 1024 + 1], Protection.HASHED);

        Answer answer = send(signed.head(), signed.body());

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.headers()).containsEntry("x-amzn-errortype", "RequestEntityTooLargeException");
    }

    @Test
    void theKeysOfAnotherEndpointAreRefused() throws IOException {
        try (TestEndpoint other = new TestEndpoint(root.resolve("other"), SandboxOptions.DEFAULT)) {
            assertThat(other.accessKeyId()).matches("AKIA[A-Z2-7]{16}").isNotEqualTo(endpoint.accessKeyId());
            SignedRequest signed = SignedRequest.of(other, "lambda", "POST", INVOKE, BODY, Protection.HASHED);

            assertRefused(send(signed.head(), signed.body()), "UnrecognizedClientException");
        }
    }
}
