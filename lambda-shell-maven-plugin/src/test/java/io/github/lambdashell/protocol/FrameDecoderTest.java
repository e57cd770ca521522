package io.github.lambdashell.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final List<String> steps = new ArrayList<>();
    private final FrameDecoder decoder = new FrameDecoder(new FrameListener() {
        @Override
        public void stdout(byte[] bytes, int offset, int length) {
            stdout.write(bytes, offset, length);
        }

        @Override
        public void stderr(byte[] bytes, int offset, int length) {
            stderr.write(bytes, offset, length);
        }

        @Override
        public void step(StepEnd step) {
            steps.add(step.name() + " after " + stdout.size());
        }
    });

    @Test
    void putsTheSameTogetherWhereverTheTransportCut() throws IOException {
        byte[] out = new byte[300_000];
        new Random(1).nextBytes(out);
        byte[] response = join(
                frame(1, Arrays.copyOf(out, 200_000)),
                frame(3, "{\"type\":\"step\",\"name\":\"one\"}"),
                frame(2, "oops"),
                frame(1, new byte[0]),
                frame(1, Arrays.copyOfRange(out, 200_000, out.length)),
                frame(3, "{\"type\":\"heartbeat\"}"),
                frame(3, "{\"type\":\"result\",\"exitCode\":3}"));

        Random cuts = new Random(2);
        for (int at = 0; at < response.length; ) {
            int to = Math.min(response.length, at + 1 + cuts.nextInt(cuts.nextBoolean() ? 9 : 60_000));
            decode(Arrays.copyOfRange(response, at, to));
            at = to;
        }

        assertThat(stdout.toByteArray()).isEqualTo(out);
        assertThat(stderr.toString(StandardCharsets.UTF_8)).isEqualTo("oops");
        assertThat(steps).containsExactly("one after 200000");
        assertThat(decoder.result().orElseThrow().path("exitCode").asInt()).isEqualTo(3);
    }

    @Test
    void passesOutputOnBeforeItsFrameIsComplete() throws IOException {
        decode(Arrays.copyOf(frame(1, "tick and more"), 12));

        assertThat(stdout.toString(StandardCharsets.UTF_8)).isEqualTo("tick");
    }

    @Test
    void hasNoResultWhenTheResponseBreaksOff() throws IOException {
        byte[] result = frame(3, "{\"type\":\"result\",\"exitCode\":0}");

        decode(Arrays.copyOf(result, result.length - 1));

        assertThat(decoder.result()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"errorType\":\"x\"}", "\u0001\u0000\u0000\u0001abcd", "\u0004\u0000\u0000\u0000abcd"})
    void refusesWhatIsNoFrame(String response) {
        assertThatThrownBy(() -> decode(response.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(FrameDecoder.MalformedException.class);
    }

    @Test
    void refusesAMessageThatIsNotJson() throws IOException {
        byte[] message = frame(3, "{\"type\":");

        assertThatThrownBy(() -> decode(message)).isInstanceOf(FrameDecoder.MalformedException.class);
    }

    private void decode(byte[] bytes) {
        decoder.decode(bytes, 0, bytes.length);
    }

    private static byte[] frame(int channel, String text) throws IOException {
        return frame(channel, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] frame(int channel, byte[] bytes) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(frame);
        data.writeInt(channel << 24);
        data.writeInt(bytes.length);
        data.write(bytes);
        return frame.toByteArray();
    }

    private static byte[] join(byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }
}
