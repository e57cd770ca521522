package io.github.lambdashell.target.local.runtimeapi;

import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An invocation that is offered to a runtime, with its event.
 *
 * @param id distinguishes attempts at one request, since July 2026
 * @param deadline when the function's timeout ends it, for the runtime's information
 * @param traceId X-Ray's header
 * @param sink receives the response
 */
record OfferedInvocation(InvocationRequest request, String id, Instant deadline, String traceId, ResponseSink sink) {
    static final String ID_HEADER = "Lambda-Runtime-Invocation-Id";

    static OfferedInvocation of(InvocationRequest request, Instant deadline, ResponseSink sink) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        // Need not be unpredictable, which would take longer.
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        return new OfferedInvocation(request, id, deadline, newTraceId(), sink);
    }

    Extensions.Invocation forExtensions() {
        return new Extensions.Invocation(request.requestId(), request.functionArn(), deadline, traceId);
    }

    /** Returns the headers of the event, each with the end of its line. */
    String headers() {
        StringBuilder headers = new StringBuilder();
        headers.append("Lambda-Runtime-Aws-Request-Id: ").append(request.requestId());
        headers.append("\r\nLambda-Runtime-Deadline-Ms: ").append(deadline.toEpochMilli());
        headers.append("\r\nLambda-Runtime-Invoked-Function-Arn: ").append(request.functionArn());
        headers.append("\r\nLambda-Runtime-Trace-Id: ").append(traceId);
        headers.append("\r\n" + ID_HEADER + ": ").append(id);
        // JSON may have several lines, a header has one.
        request.clientContext().ifPresent(json -> headers.append("\r\nLambda-Runtime-Client-Context: ")
                .append(json.replaceAll("[\r\n]", " ")));
        return headers.append("\r\n").toString();
    }

    /** Returns X-Ray's header for an invocation that is not sampled. */
    private static String newTraceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "Root=1-" + hex.toHexDigits((int) (System.currentTimeMillis() / 1000)) + "-"
                + hex.toHexDigits(random.nextInt()) + hex.toHexDigits(random.nextLong()) + ";Parent="
                + hex.toHexDigits(random.nextLong()) + ";Sampled=0";
    }
}
