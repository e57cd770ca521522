package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.runtimeapi.Failure;
import io.github.lambdashell.target.local.runtimeapi.Response;
import java.io.IOException;
import java.util.Optional;

/** Carries a function's answer to its caller. */
final class ResponsePump {
    private final ResponseSink sink;
    private boolean callerIsThere = true;

    private ResponsePump(ResponseSink sink) {
        this.sink = sink;
    }

    /**
     * Returns when the answer has ended. A caller who goes does not stop the function: its answer is then read to the
     * end and dropped.
     *
     * @return why the answer is none, or not whole
     */
    static Optional<Failure> pump(Response response, ResponseSink sink) throws InterruptedException {
        ResponsePump pump = new ResponsePump(sink);
        while (true) {
            Response.Part part = response.take();
            if (part instanceof Response.End end) {
                return end.failure();
            }
            pump.pass(part);
        }
    }

    private void pass(Response.Part part) {
        if (!callerIsThere) {
            return;
        }
        try {
            if (part instanceof Response.Start start) {
                sink.start(start.contentType());
            } else if (part instanceof Response.Chunk chunk) {
                sink.write(chunk.bytes());
            }
        } catch (IOException e) {
            callerIsThere = false;
        }
    }
}
