package io.github.lambdashell.local.lambda.runtimeapi;

import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** A runtime's report of an error, {@code {errorMessage, errorType, stackTrace}}, handed on as it is. */
final class ErrorBody implements RequestBody {
    static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";

    private final String type;
    private final Consumer<Failure> reported;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

    ErrorBody(HttpHeaders headers, Consumer<Failure> reported) {
        this.type = headers.get(ERROR_TYPE, "Runtime.Unknown");
        this.reported = reported;
    }

    @Override
    public void content(byte[] bytes) {
        int room = ResponseBody.BUFFERED_LIMIT - payload.size();
        payload.write(bytes, 0, Math.min(room, bytes.length));
    }

    @Override
    public void end(HttpHeaders trailers) {
        reported.accept(new Failure(type, payload.toByteArray(), false));
    }

    @Override
    public void broken() {
        // A report that isn't whole is none; the end of the process tells the rest.
    }
}
