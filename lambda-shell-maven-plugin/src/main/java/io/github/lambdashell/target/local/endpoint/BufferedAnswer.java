package io.github.lambdashell.target.local.endpoint;

import io.github.lambdashell.target.local.runtimeapi.Failure;
import io.github.lambdashell.target.local.sandbox.InvocationResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The response of Invoke, which is sent as a unit and has at most 6 MB. */
final class BufferedAnswer implements InvocationAnswer {
    private final Exchange exchange;
    private final String requestId;
    private final boolean wantsLog;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private boolean isTooLarge;

    BufferedAnswer(Exchange exchange, String requestId, boolean wantsLog) {
        this.exchange = exchange;
        this.requestId = requestId;
        this.wantsLog = wantsLog;
    }

    @Override
    public void start(String contentType) {
        // The response contains only the payload.
    }

    @Override
    public void write(byte[] bytes) {
        isTooLarge = isTooLarge || payload.size() + bytes.length > Failure.BUFFERED_LIMIT;
        if (!isTooLarge) {
            payload.writeBytes(bytes);
        }
    }

    @Override
    public void finish(InvocationResult result) throws IOException {
        Optional<Failure> failure = isTooLarge ? Optional.of(Failure.responseTooLarge()) : result.failure();
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("x-amzn-requestid", requestId);
        headers.put("X-Amz-Executed-Version", "$LATEST");
        if (failure.isPresent()) {
            headers.put("X-Amz-Function-Error", "Unhandled");
        }
        if (wantsLog) {
            headers.put(
                    "X-Amz-Log-Result",
                    Base64.getEncoder().encodeToString(result.logTail().get()));
        }
        exchange.respond(200, headers, failure.map(Failure::payload).orElseGet(payload::toByteArray));
    }
}
