package io.github.lambdashell.target.local.runtimeapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Base64;

/** A function's answer on its way from the runtime to the caller. */
final class ResponseBody implements RequestBody {
    private static final String MODE = "Lambda-Runtime-Function-Response-Mode";
    private static final String STREAMING = "streaming";
    private static final String BUFFERED = "buffered";

    private static final String ERROR_BODY = "Lambda-Runtime-Function-Error-Body";

    private final Invocation invocation;
    private final RuntimeApiHandler handler;
    private final boolean streaming;
    private long size;

    ResponseBody(HttpRequest request, Invocation invocation, RuntimeApiHandler handler) {
        this.invocation = invocation;
        this.handler = handler;
        this.streaming = STREAMING.equalsIgnoreCase(request.headers().get(MODE));
        handler.answered(invocation);
        invocation
                .response()
                .start(
                        handler.connection().channel(),
                        streaming,
                        request.headers().get(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream"));
    }

    /** Whether a response says nothing of how it comes, or what there is. */
    static boolean isOfKnownMode(HttpHeaders headers) {
        String mode = headers.get(MODE, BUFFERED);
        return mode.equalsIgnoreCase(BUFFERED) || mode.equalsIgnoreCase(STREAMING);
    }

    @Override
    public void content(byte[] bytes) {
        size += bytes.length;
        if (isTooLarge()) {
            invocation.response().fail(Failure.responseTooLarge());
        } else {
            invocation.response().chunk(bytes);
        }
    }

    @Override
    public void end(HttpHeaders trailers) {
        if (isTooLarge()) {
            handler.send(Answer.tooLarge(Failure.BUFFERED_LIMIT));
            return;
        }
        String errorType = trailers.get(ErrorBody.ERROR_TYPE);
        if (errorType == null) {
            invocation.response().complete();
        } else {
            invocation.response().fail(new Failure(errorType, errorBody(trailers), true));
        }
        handler.send(Answer.ACCEPTED);
    }

    @Override
    public void broken() {
        invocation.response().fail(Failure.truncated("its response did"));
    }

    private boolean isTooLarge() {
        return !streaming && size > Failure.BUFFERED_LIMIT;
    }

    private static byte[] errorBody(HttpHeaders trailers) {
        String encoded = trailers.get(ERROR_BODY, "");
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            return encoded.getBytes(UTF_8);
        }
    }
}
