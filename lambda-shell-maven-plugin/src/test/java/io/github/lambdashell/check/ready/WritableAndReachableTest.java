package io.github.lambdashell.check.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class WritableAndReachableTest {
    @TempDir
    Path directory;

    @Test
    void writablePathsPassAndAreNotChanged() throws IOException {
        Path file = Files.writeString(directory.resolve("it's a file"), "content");

        assertThat(Checks.violations("- writable: [%s, \"%s\"]".formatted(directory, file)))
                .isEmpty();
        assertThat(file).hasContent("content");
        assertThat(directory.toFile().list()).containsExactly("it's a file");
    }

    @Test
    void pathsThatAreNotWritableAreReportedWithTheReason() {
        // Nobody can write there, not even root.
        assertThat(Checks.violations("- writable: [/proc/self, /no/such/directory]"))
                .containsExactly(
                        "/proc/self is not writable: No such file or directory", "/no/such/directory does not exist");
    }

    @Test
    void aPortThatAnswersIsReachable() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + server.getLocalPort();

            CheckResult result = Checks.run("- reachable: [%s, {address: %s, within: 30s}]".formatted(address, address))
                    .get(0);

            assertThat(result.status()).as("%s", result.violations()).isEqualTo(Status.PASSED);
            assertThat(result.check().name()).isEqualTo("reachable " + address + ", " + address);
            assertThat(new String(result.run().orElseThrow().stdout().head()))
                    .matches("(ok - " + address + " answers, in \\d+ ms\n){2}");
        }
    }

    @Test
    void aClosedPortAndAnUnknownHostAreReported() throws IOException {
        int closed;
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            closed = server.getLocalPort();
        }

        List<String> violations =
                Checks.violations("- reachable: ['127.0.0.1:%d', 'nobody.invalid:443']".formatted(closed));

        assertThat(violations).hasSize(2);
        assertThat(violations.get(0))
                .matches("127\\.0\\.0\\.1:" + closed + " is not reachable: Connection refused, after \\d+ ms");
        assertThat(violations.get(1)).startsWith("nobody.invalid:443 ");
    }

    @Test
    void aHostThatDoesNotAnswerFailsAtTheTimeLimit() throws IOException {
        // A full queue of a listener: further connections get no answer.
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Filler filler = new Filler()) {
            filler.fill(server);
            long start = System.nanoTime();

            List<Violation> violations = Checks.run(
                            "- reachable: {address: '127.0.0.1:%d', within: 300ms}".formatted(server.getLocalPort()))
                    .get(0)
                    .violations();

            assertThat(violations)
                    .singleElement()
                    .extracting(Violation::text)
                    .isEqualTo("127.0.0.1:" + server.getLocalPort() + " does not answer within 0.3 s");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }

    /** Connections that nobody accepts. */
    private static final class Filler implements AutoCloseable {
        private final List<SocketChannel> open = new ArrayList<>();

        void fill(ServerSocket server) throws IOException {
            for (int i = 0; i < 8; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(server.getLocalSocketAddress());
                open.add(channel);
            }
        }

        @Override
        public void close() throws IOException {
            for (var channel : open) {
                channel.close();
            }
        }
    }
}
