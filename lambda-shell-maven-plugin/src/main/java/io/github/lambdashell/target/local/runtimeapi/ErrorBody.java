package io.github.lambdashell.target.local.runtimeapi;

import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * A runtime's report of an error, {@code {errorMessage, errorType, stackTrace}}, handed on as it is. It may be as large
 * as a response.
 */
final class ErrorBody implements RequestBody {
    static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";

    private final String type;
    private final RuntimeApiHandler handler;
    private final Consumer<Failure> reported;
    private final Runnable broken;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private boolean isTooLarge;

    /**
     * @param reported takes the report, or what stands for one that is too large
     * @param broken run when the report was cut off
     */
    ErrorBody(HttpHeaders headers, RuntimeApiHandler handler, Consumer<Failure> reported, Runnable broken) {
        this.type = headers.get(ERROR_TYPE, "Runtime.Unknown");
        this.handler = handler;
        this.reported = reported;
        this.broken = broken;
    }

    @Override
    public void content(byte[] bytes) {
        isTooLarge |= bytes.length > Failure.BUFFERED_LIMIT - payload.size();
        if (!isTooLarge) {
            payload.writeBytes(bytes);
        }
    }

    @Override
    public void end(HttpHeaders trailers) {
        if (isTooLarge) {
            reported.accept(Failure.responseTooLarge());
            handler.send(Answer.tooLarge(Failure.BUFFERED_LIMIT));
        } else {
            reported.accept(new Failure(type, payload.toByteArray(), false));
            handler.send(Answer.ACCEPTED);
        }
    }

    @Override
    public void broken() {
        broken.run();
    }
}
