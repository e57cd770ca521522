package io.github.lambdashell.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.emulator.SignedRequest.Protection;
import io.github.lambdashell.emulator.http.RawClient;
import io.github.lambdashell.emulator.http.RawClient.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class GatewayTest {
    private static final String INVOKE = "/2015-03-31/functions/f/invocations";
    private static final byte[] BODY = "a body of some length".repeat(20_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path root;

    private final EchoLambda lambda = new EchoLambda();
    private LocalEndpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        endpoint = LocalEndpoint.start(root.resolve("state"), "us-east-1", (functions, files) -> lambda);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private Answer send(byte[] bytes) throws Exception {
        try (RawClient client = new RawClient(endpoint.uri().getPort())) {
            return client.send(bytes).answer();
        }
    }

    private Answer send(SignedRequest request) throws Exception {
        return send(request.bytes());
    }

    private SignedRequest invoke(byte[] body) {
        return SignedRequest.of(endpoint, "lambda", "POST", INVOKE, body, Protection.HASHED);
    }

    private SignedRequest put(Protection protection) throws Exception {
        send(SignedRequest.of(endpoint, "s3", "PUT", "/bucket", new byte[0], Protection.HASHED));
        return SignedRequest.of(endpoint, "s3", "PUT", "/bucket/key", BODY, protection);
    }

    @Test
    void aSignedRequestReachesItsService() throws Exception {
        assertThat(send(invoke(BODY)).body()).isEqualTo(BODY);
        assertThat(lambda.requests).hasValue(1);
    }

    @Test
    void anUnsignedRequestIsRefusedInTheFormOfTheServiceThatItSeemsToBeFor() throws Exception {
        Answer json = send(("POST " + INVOKE + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(json.status()).isEqualTo(403);
        assertThat(json.headers()).containsEntry("x-amzn-errortype", "MissingAuthenticationTokenException");
        assertThat(json.text()).contains("\"message\":\"Missing Authentication Token\"");

        Answer s3 = send("GET /bucket/key HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(s3.status()).isEqualTo(403);
        assertThat(s3.text()).contains("<Error><Code>AccessDenied</Code>", "<Resource>/bucket/key</Resource>");

        Answer query = send(("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: 21\r\n\r\nAction=DescribeStacks")
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(query.status()).isEqualTo(403);
        assertThat(query.text()).contains("<Type>Sender</Type><Code>MissingAuthenticationToken</Code>");
        assertThat(lambda.requests).hasValue(0);
    }

    @Test
    void anotherBodyThanTheSignedOneRunsNothing() throws Exception {
        SignedRequest signed = invoke(BODY);
        signed.body()[7]++;
        Answer answer = send(signed);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers()).containsEntry("x-amzn-errortype", "InvalidSignatureException");
        assertThat(lambda.requests).hasValue(0);
    }

    @Test
    void aHashThatIsOnlyClaimedLetsNothingIn() throws Exception {
        SignedRequest signed = invoke(BODY);
        String head =
                signed.head().replaceFirst("x-amz-content-sha256: \\w+", "x-amz-content-sha256: UNSIGNED-PAYLOAD");
        assertThat(head).isNotEqualTo(signed.head());
        assertThat(send(new SignedRequest(head, signed.body())).status()).isEqualTo(403);
        head = signed.head().replaceFirst("(?i)x-amz-content-sha256: \\w+\r\n", "");
        assertThat(send(new SignedRequest(head, signed.body())).status()).isEqualTo(403);
        assertThat(lambda.requests).hasValue(0);
    }

    @Test
    void theSameFormIsGoodForOneServiceOnly() throws Exception {
        SignedRequest signed = invoke(BODY);
        for (String other : new String[] {"s3", "cloudformation", "sts"}) {
            String head = signed.head().replace("/lambda/aws4_request", "/" + other + "/aws4_request");
            assertThat(send(new SignedRequest(head, signed.body())).status()).isEqualTo(403);
        }
    }

    @Test
    void aServiceThatIsNotHereIsNamedWithThoseThatAre() throws Exception {
        Answer answer = send(SignedRequest.of(endpoint, "dynamodb", "POST", "/", new byte[0], Protection.HASHED));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("no service dynamodb; it has cloudformation, lambda, s3, sts");
    }

    @Test
    void whateverBreaksARequestIsAnswered() throws Exception {
        LocalEndpoint broken = LocalEndpoint.start(root.resolve("broken"), "us-east-1", (functions, files) -> {
            throw new StackOverflowError("too deep");
        });
        try (broken;
                RawClient client = new RawClient(broken.uri().getPort())) {
            SignedRequest request = SignedRequest.of(broken, "lambda", "POST", INVOKE, BODY, Protection.HASHED);
            Answer answer = client.send(request.bytes()).answer();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).contains("The local endpoint failed: java.lang.StackOverflowError: too deep");
        }
    }

    @Test
    void aPayloadOverLambdasLimitIsRefused() throws Exception {
        assertThat(send(invoke(new byte[6 * 1024 * 1024])).status()).isEqualTo(200);
        Answer answer = send(invoke(new byte[6 * 1024 * 1024 + 1]));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.headers()).containsEntry("x-amzn-errortype", "RequestTooLargeException");
        assertThat(lambda.requests).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void anObjectIsStoredHoweverItsBodyIsProtected(Protection protection) throws Exception {
        assertThat(send(put(protection)).status()).isEqualTo(200);
        assertThat(send(SignedRequest.of(endpoint, "s3", "GET", "/bucket/key", new byte[0], Protection.HASHED))
                        .body())
                .isEqualTo(BODY);
    }

    @ParameterizedTest
    @EnumSource(
            value = Protection.class,
            names = {"UNSIGNED"},
            mode = EnumSource.Mode.EXCLUDE)
    void noObjectIsStoredWhenAnyPartOfItsBodyIsAnother(Protection protection) throws Exception {
        SignedRequest signed = put(protection);
        int length = signed.body().length;
        int[] positions = {0, 5, 90, 1000, length / 2, length - 300, length - 100, length - 20, length - 5};
        for (int position : positions) {
            byte[] body = signed.body().clone();
            body[position] ^= 1;
            Answer answer = send(new SignedRequest(signed.head(), body));
            assertThat(answer.status())
                    .as("with byte %d of %d changed", position, length)
                    .isBetween(400, 403);
            assertNothingIsStored();
        }
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void noObjectIsStoredWhenItsBodyEndsEarly(Protection protection) throws Exception {
        SignedRequest signed = put(protection);
        try (RawClient client = new RawClient(endpoint.uri().getPort())) {
            client.send(signed.head());
            client.send(java.util.Arrays.copyOf(signed.body(), signed.body().length - 1));
        }
        assertNothingIsStored();
    }

    private void assertNothingIsStored() throws Exception {
        Answer answer = send(SignedRequest.of(endpoint, "s3", "GET", "/bucket/key", new byte[0], Protection.HASHED));
        assertThat(answer.status()).isEqualTo(404);
        // The upload ends a moment after its client has gone.
        for (int i = 0; i < 200; i++) {
            try (Stream<Path> files = Files.list(root.resolve("state/tmp"))) {
                if (files.findAny().isEmpty()) {
                    return;
                }
            }
            Thread.sleep(50);
        }
        assertThat(root.resolve("state/tmp")).isEmptyDirectory();
    }

    @Test
    void aHeaderThatIsNotSignedCannotBeAdded() throws Exception {
        SignedRequest signed = put(Protection.HASHED);
        String head = signed.head().replace("\r\n\r\n", "\r\nx-amz-meta-added: 1\r\n\r\n");
        assertThat(send(new SignedRequest(head, signed.body())).status()).isEqualTo(403);
    }

    @Test
    void anEndpointsKeysAreItsOwn() throws Exception {
        SignedRequest signed = invoke(BODY);
        try (LocalEndpoint other =
                LocalEndpoint.start(root.resolve("other"), "us-east-1", (functions, files) -> lambda)) {
            assertThat(other.accessKeyId()).matches("AKIA[A-Z2-7]{16}").isNotEqualTo(endpoint.accessKeyId());
            assertThat(other.secretAccessKey()).hasSize(40).isNotEqualTo(endpoint.secretAccessKey());
            try (RawClient client = new RawClient(other.uri().getPort())) {
                assertThat(client.send(signed.bytes()).answer().status()).isEqualTo(403);
            }
        }
        assertThat(lambda.requests).hasValue(0);
    }

    @Test
    void anyRegionIsThisMachine() throws Exception {
        SignedRequest signed =
                SignedRequest.of(endpoint, "sts", "GET", "/?Action=GetCallerIdentity", new byte[0], Protection.HASHED);
        Answer answer = send(signed);
        assertThat(answer.text()).contains("<Account>000000000000</Account>");
        assertThat(answer.headers()).containsKey("x-amzn-requestid");
        assertThat(Map.copyOf(answer.headers())).containsEntry("content-type", "text/xml");
    }
}
