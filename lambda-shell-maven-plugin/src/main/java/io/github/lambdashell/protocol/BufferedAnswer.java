package io.github.lambdashell.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An answer that came whole, looked at before any of it is handed on. AWS returns what the function gave; emulators that
 * take every answer for text replace what is none, and then the frames' lengths are wrong.
 */
final class BufferedAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FrameListener NOBODY = new FrameListener() {
        @Override
        public void stdout(byte[] bytes, int offset, int length) {}

        @Override
        public void stderr(byte[] bytes, int offset, int length) {}
    };

    private BufferedAnswer() {}

    /**
     * @throws ShellException when it was made frames and isn't any more, or never was
     */
    static void requireFrames(byte[] answer) {
        FrameDecoder trial = new FrameDecoder(NOBODY);
        try {
            trial.decode(answer);
        } catch (ShellException e) {
            throw reason(answer, e);
        }
        if (trial.result().isEmpty() && beginsAsFrames(answer)) {
            throw changed();
        }
    }

    private static ShellException reason(byte[] answer, ShellException otherwise) {
        if (beginsAsFrames(answer)) {
            return changed();
        }
        JsonNode json;
        try {
            json = JSON.readTree(answer);
        } catch (IOException e) {
            return otherwise;
        }
        if (beginsAsFrames(json.asText().getBytes(StandardCharsets.UTF_8))) {
            return changed();
        }
        return json.has("exitCode") && json.has("stdout") ? unableToStream() : otherwise;
    }

    /** A channel and three zeros, which come through whatever takes them for text. */
    private static boolean beginsAsFrames(byte[] answer) {
        return answer.length >= 4
                && answer[0] > 0
                && answer[0] <= FrameDecoder.LAST_CHANNEL
                && answer[1] == 0
                && answer[2] == 0
                && answer[3] == 0;
    }

    private static ShellException changed() {
        return new ShellException(
                "The endpoint changed the bytes of the function's answer, as emulators do that take every answer for text",
                "The command has run, but what it wrote can't be told; take an endpoint that returns an answer as the"
                        + " function gave it, as AWS and target=local do");
    }

    private static ShellException unableToStream() {
        return new ShellException(
                "The function answered in JSON, for the endpoint's Node.js can't stream (awslambda.streamifyResponse is"
                        + " missing)",
                "The command has run; there, deploy with another runtime, such as -Dlshell.runtime=java21");
    }
}
