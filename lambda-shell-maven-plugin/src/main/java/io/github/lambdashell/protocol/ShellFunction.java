package io.github.lambdashell.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.BrokenResponseException;
import io.github.lambdashell.target.DeployedFunction;
import io.github.lambdashell.target.InvocationReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * A deployed shell function: sends a request, passes on the output while it arrives, and returns a typed result. Safe
 * for use by several threads, whose invocations run in different execution environments.
 */
public final class ShellFunction {
    /** Number of bytes that is kept of a response, to recognize one that is not frames. */
    private static final int MAX_START_BYTES = 64 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DeployedFunction function;

    /**
     * Creates a shell function; sends no request.
     *
     * @param function the function to invoke, not null
     */
    public ShellFunction(DeployedFunction function) {
        this.function = Objects.requireNonNull(function);
    }

    /** Returns the underlying function of the target. */
    public DeployedFunction deployed() {
        return function;
    }

    /**
     * Sends one request and passes its output on while it arrives.
     *
     * @throws ShellException if the function could not be invoked or failed; not for a failed command
     * @throws InterruptedException if the calling thread was interrupted while it waited; the function continues to run
     */
    public ShellResult invoke(ShellRequest request, FrameListener listener) throws InterruptedException {
        Response response = new Response(listener);
        try {
            Optional<InvocationReport> report = function.invoke(request.toJson(), response);
            return ResultParser.result(response.result(), report);
        } catch (BrokenResponseException e) {
            // If the result has arrived, only the log is missing.
            JsonNode result = response.decoder.result().orElseThrow(() -> e);
            return ResultParser.result(result, Optional.empty());
        }
    }

    /** A listener that decodes a response and keeps its first bytes, to find out why a response can't be decoded. */
    private static final class Response implements DeployedFunction.ResponseListener {
        private final FrameDecoder decoder;
        private final ByteArrayOutputStream start = new ByteArrayOutputStream();
        private FrameDecoder.MalformedException malformed;

        Response(FrameListener listener) {
            decoder = new FrameDecoder(listener);
        }

        @Override
        public void received(byte[] bytes, int offset, int length) {
            if (start.size() < MAX_START_BYTES) {
                start.write(bytes, offset, Math.min(length, MAX_START_BYTES - start.size()));
            }
            if (malformed == null) {
                try {
                    decoder.decode(bytes, offset, length);
                } catch (FrameDecoder.MalformedException e) {
                    malformed = e;
                }
            }
        }

        /** Decodes a complete response, but passes nothing on if an endpoint changed it. */
        @Override
        public void receivedWhole(byte[] response) {
            Response trial = new Response(new FrameListener() {
                @Override
                public void stdout(byte[] bytes, int offset, int length) {}

                @Override
                public void stderr(byte[] bytes, int offset, int length) {}
            });
            trial.received(response, 0, response.length);
            // A cut JSON text can't be parsed, so the response is kept up to its end.
            trial.start.write(response, trial.start.size(), response.length - trial.start.size());
            if (trial.malformed == null && trial.decoder.result().isEmpty() && FrameDecoder.isFrameStart(response)) {
                throw changed();
            }
            trial.result();
            received(response, 0, response.length);
        }

        JsonNode result() {
            if (malformed != null) {
                throw notFrames();
            }
            return decoder.result().orElseThrow(this::incomplete);
        }

        private ShellException incomplete() {
            return new ShellException(
                    "The function's response ended before its result",
                    "The command may have run in part; check what it did before you run it again");
        }

        /**
         * Returns the failure with its known causes: endpoints that treat a response as text, and Node.js without
         * streaming.
         */
        private ShellException notFrames() {
            byte[] bytes = start.toByteArray();
            if (FrameDecoder.isFrameStart(bytes)) {
                return changed();
            }
            JsonNode json = null;
            try {
                json = JSON.readTree(bytes);
            } catch (IOException e) {
                malformed.addSuppressed(e);
            }
            if (json != null && FrameDecoder.isFrameStart(json.asText().getBytes(StandardCharsets.UTF_8))) {
                return changed();
            }
            if (json != null && json.has("exitCode") && json.has("stdout")) {
                return new ShellException(
                        "The function answered in JSON, because the endpoint's Node.js can't stream"
                                + " (awslambda.streamifyResponse is missing)",
                        "The command has run; deploy with another runtime there, such as -Dlshell.runtime=java21");
            }
            return new ShellException(
                    "The function's response is not a shell's response",
                    "Deploy it again with lshell:deploy, or check that the stack's function was not changed by hand",
                    malformed);
        }

        private static ShellException changed() {
            return new ShellException(
                    "The endpoint changed the bytes of the function's response, as emulators do that treat it as text",
                    "The command has run, but its output is lost; use an endpoint that returns the response unchanged,"
                            + " as AWS and target=local do");
        }
    }
}
