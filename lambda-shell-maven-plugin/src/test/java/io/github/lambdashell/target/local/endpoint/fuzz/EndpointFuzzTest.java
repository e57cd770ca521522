package io.github.lambdashell.target.local.endpoint.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.endpoint.SignedRequest;
import io.github.lambdashell.target.local.endpoint.SignedRequest.Protection;
import io.github.lambdashell.target.local.endpoint.TestEndpoint;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Malformed requests, each made of a number that a failure names. Two thousand in every build; more with {@code
 * -Dlshell.fuzz.requests=100000 -Dtest=EndpointFuzzTest}, and others with {@code -Dlshell.fuzz.seed}.
 */
@Timeout(3600)
class EndpointFuzzTest {
    private static final int REQUESTS = Watch.count("requests", 2000);
    private static final int PATIENCE_MILLIS = 30_000;
    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3}) ");

    @RegisterExtension
    private final Watch watch = new Watch();

    @TempDir
    private Path root;

    private TestEndpoint endpoint;
    private TestEndpoint forger;

    @BeforeEach
    void start() {
        endpoint = new TestEndpoint(root.resolve("state"), SandboxOptions.DEFAULT);
        forger = new TestEndpoint(root.resolve("other"), SandboxOptions.DEFAULT);
    }

    @AfterEach
    void stop() {
        endpoint.close();
        forger.close();
    }

    @Test
    void noMalformedRequestBreaksTheEndpointOrGetsPastIt() throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            if (i == Math.min(REQUESTS / 2, 500)) {
                watch.isWarm();
            }
            run(i);
        }
        watch.assertHealthy("requests", REQUESTS);
        assertThat(status(send(list()))).isEqualTo(200);
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsOnly("state", "other");
        }
    }

    private void run(int number) throws IOException {
        FuzzRequests.Case request = new FuzzRequests(endpoint, forger, Watch.seed(number)).next();
        byte[] answer = send(request.bytes());
        int status = status(answer);
        watch.ended(request.kind() + " " + (status == 0 ? "closed" : status));
        String what = request.kind() + " request " + number + " of seed " + Watch.SEED + ": " + text(answer);
        if (!request.isTrusted()) {
            assertThat(status == 0 || status >= 400).as(what).isTrue();
        }
        // Of our own 5xx, only those that say what there is not.
        assertThat(status).as(what).isNotIn(500, 503, 504);
    }

    private byte[] list() {
        return SignedRequest.of(endpoint, "lambda", "GET", "/2015-03-31/functions/", new byte[0], Protection.HASHED)
                .bytes();
    }

    /** Sends bytes, says that there are no more, and reads what comes until the other side closes. */
    private byte[] send(byte[] bytes) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), endpoint.uri().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
            } catch (SocketException e) {
                // Closed before it had all; what it said is still to be read.
            }
            return read(socket.getInputStream(), bytes);
        }
    }

    private static byte[] read(InputStream in, byte[] sent) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try {
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                answer.write(part, 0, count);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("a connection that is neither answered nor closed, after " + text(sent), e);
        } catch (SocketException e) {
            // Reset: the bytes that it hadn't read were too many to wait for.
        }
        return answer.toByteArray();
    }

    /** The first answer's; 0 without one. An interim 100 counts for nothing. */
    private static int status(byte[] answer) {
        Matcher matcher = STATUS.matcher(text(answer).replaceFirst("^HTTP/1\\.1 100 Continue\r\n\r\n", ""));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static String text(byte[] answer) {
        return new String(answer, StandardCharsets.ISO_8859_1);
    }
}
