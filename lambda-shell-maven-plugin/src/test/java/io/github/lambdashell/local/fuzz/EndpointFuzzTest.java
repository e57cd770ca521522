package io.github.lambdashell.local.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.local.EchoLambda;
import io.github.lambdashell.local.LocalEndpoint;
import io.github.lambdashell.local.SignedRequest;
import io.github.lambdashell.local.SignedRequest.Protection;
import io.netty.util.ResourceLeakDetector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Malformed requests, each made of a number that a failure names. Two thousand in every build; more with {@code
 * -Dlshell.fuzz.requests=100000 -Dtest=EndpointFuzzTest}, and others with {@code -Dlshell.fuzz.seed}.
 */
@Timeout(3600)
class EndpointFuzzTest {
    private static final int REQUESTS = Integer.getInteger("lshell.fuzz.requests", 2000);
    private static final long SEED = Long.getLong("lshell.fuzz.seed", 1);
    private static final int PATIENCE_MILLIS = 30_000;
    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3}) ");
    private static final long MOST_GROWTH_BYTES = 64L << 20;

    @TempDir
    private Path root;

    private final EchoLambda lambda = new EchoLambda();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream stderr = System.err;
    private ResourceLeakDetector.Level leakLevel;
    private LocalEndpoint endpoint;
    private LocalEndpoint forger;

    @BeforeEach
    void start() {
        leakLevel = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        System.setErr(new PrintStream(said, true));
        endpoint = LocalEndpoint.start(root.resolve("state"), "us-east-1", (functions, state) -> lambda);
        forger = LocalEndpoint.start(root.resolve("other"), "us-east-1", (functions, state) -> lambda);
    }

    @AfterEach
    void stop() {
        endpoint.close();
        forger.close();
        System.setErr(stderr);
        ResourceLeakDetector.setLevel(leakLevel);
    }

    @Test
    void noMalformedRequestBreaksTheEndpointOrGetsPastIt() throws Exception {
        assertThat(status(send(s3("PUT", "/fuzz")))).isEqualTo(200);
        for (FuzzRequests.Case right : new FuzzRequests(endpoint, forger, SEED).right()) {
            // Else the spoilt ones would not come far.
            assertThat(status(send(right.bytes()))).as(right.kind()).isEqualTo(200);
        }
        run(0, Math.min(REQUESTS, 500));
        long before = usedBytes();
        Map<String, Integer> answers = run(Math.min(REQUESTS, 500), REQUESTS);
        System.out.println("fuzz: " + REQUESTS + " requests from seed " + SEED + ", answers by kind " + answers);

        assertThat(usedBytes() - before).as("growth in bytes").isLessThan(MOST_GROWTH_BYTES);
        assertThat(Thread.getAllStackTraces()).as("threads").hasSizeLessThan(200);
        assertThat(status(send(s3("HEAD", "/fuzz")))).isEqualTo(200);
        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("LEAK", "ERROR", "Exception");
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsOnly("state", "other");
        }
        assertThat(Path.of("/tmp/lshell-fuzz")).doesNotExist();
    }

    private Map<String, Integer> run(int from, int to) throws IOException {
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = from; i < to; i++) {
            FuzzRequests.Case request = new FuzzRequests(endpoint, forger, SEED * 1_000_000 + i).next();
            int reached = lambda.requests.get();
            byte[] answer = send(request.bytes());
            int status = status(answer);
            answers.merge(request.kind() + " " + (status == 0 ? "closed" : status), 1, Integer::sum);
            String what = request.kind() + " request " + i + " of seed " + SEED + ": " + text(answer);
            if (!request.isTrusted()) {
                assertThat(status == 0 || status >= 400).as(what).isTrue();
                assertThat(lambda.requests.get()).as(what).isEqualTo(reached);
            }
            // Of our own 5xx, only those that say what there is not.
            assertThat(status).as(what).isNotIn(500, 503, 504);
        }
        return answers;
    }

    private byte[] s3(String method, String path) {
        return SignedRequest.of(endpoint, "s3", method, path, new byte[0], Protection.HASHED)
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

    private static long usedBytes() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(50);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
