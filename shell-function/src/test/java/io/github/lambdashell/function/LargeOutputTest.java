package io.github.lambdashell.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.function.Answer.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Output far larger than the function's memory. */
@Timeout(120)
class LargeOutputTest {
    private static final int MEGABYTES = 200;

    @TempDir
    private Path directory;

    private FakeRuntimeApi api;
    private FunctionProcess function;

    @BeforeEach
    void start() throws IOException {
        api = new FakeRuntimeApi();
        function = FunctionProcess.wrapped("sh", FunctionProcess.taskRoot(directory), api, Map.of(), "-Xmx16m");
    }

    @AfterEach
    void end() {
        function.close();
        api.close();
    }

    @Test
    void allOfItArrivesThroughASmallHeap() throws Exception {
        int half = MEGABYTES / 2;
        String command = "{ head -c %dM /dev/urandom | tee %s/err >&2; } & head -c %dM /dev/urandom | tee %s/out; wait";
        api.invoke(
                Sandbox.JSON.writeValueAsBytes(Sandbox.command(command.formatted(half, directory, half, directory))),
                Map.of());
        MessageDigest out = MessageDigest.getInstance("SHA-256");
        MessageDigest err = MessageDigest.getInstance("SHA-256");
        Frame last = null;
        long size = 0;
        try (InputStream body = api.post().body()) {
            for (Frame frame = Answer.next(body); frame != null; frame = Answer.next(body)) {
                size += frame.channel() < 3 ? frame.bytes().length : 0;
                (frame.channel() == 1 ? out : err).update(frame.channel() < 3 ? frame.bytes() : new byte[0]);
                last = frame;
            }
        }
        assertThat(size).isEqualTo(MEGABYTES * 1024L * 1024);
        assertThat(hex(out.digest())).isEqualTo(hex(sha256(directory.resolve("out"))));
        assertThat(hex(err.digest())).isEqualTo(hex(sha256(directory.resolve("err"))));
        assertThat(last.json().get("exitCode").asInt()).isZero();
    }

    @Test
    void aClientThatIsSlowToReadSlowsTheCommand() throws Exception {
        Path done = directory.resolve("done");
        api.invoke(Sandbox.JSON.writeValueAsBytes(Sandbox.command("head -c 100M /dev/zero; touch " + done)), Map.of());
        try (InputStream body = api.post().body()) {
            Answer.next(body);
            // Enough for pipes and sockets to fill up; with a buffer in between the command would be done long ago.
            Thread.sleep(2000);
            assertThat(Files.exists(done)).isFalse();
            assertThat(Answer.read(body).exitCode()).isZero();
        }
        assertThat(Files.exists(done)).isTrue();
    }

    private static byte[] sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = new byte[1 << 20];
            for (int length = in.read(bytes); length > 0; length = in.read(bytes)) {
                digest.update(bytes, 0, length);
            }
        }
        return digest.digest();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
