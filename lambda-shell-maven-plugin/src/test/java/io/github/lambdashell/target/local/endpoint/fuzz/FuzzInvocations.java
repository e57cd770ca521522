package io.github.lambdashell.target.local.endpoint.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lambdashell.target.local.endpoint.SignedRequest;
import io.github.lambdashell.target.local.endpoint.SignedRequest.Protection;
import io.github.lambdashell.target.local.endpoint.TestEndpoint;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Requests of Invoke and InvokeWithResponseStream, most of which are malformed somewhere. */
final class FuzzInvocations {
    private static final String EVENT = "{\"command\":\"echo \\u00e9\",\"list\":[1,2.5e3,true,null]}";
    private final TestEndpoint endpoint;
    private final Random random;
    private final Mutator mutator;

    /**
     * One invocation.
     *
     * @param isRight whether nothing is wrong with it
     * @param isStreamed whether it asks for a stream
     * @param wantsLog whether it asks for the tail of the log
     * @param request as it is sent
     */
    record Case(boolean isRight, boolean isStreamed, boolean wantsLog, byte[] request) {}

    FuzzInvocations(TestEndpoint endpoint, long seed) {
        this.endpoint = endpoint;
        this.random = new Random(seed);
        this.mutator = new Mutator(random);
    }

    /** Nothing is wrong with it. */
    Case right() {
        return invocation(false);
    }

    Case next() {
        return invocation(random.nextInt(4) > 0);
    }

    private Case invocation(boolean isSpoilt) {
        boolean isStreamed = random.nextBoolean();
        boolean wantsLog = random.nextBoolean();
        Map<String, String> headers = new TreeMap<>();
        headers.put("X-Amz-Log-Type", wantsLog ? "Tail" : "None");
        byte[] event = EVENT.getBytes(UTF_8);
        if (isSpoilt) {
            switch (random.nextInt(4)) {
                case 0 ->
                    headers.put(
                            "X-Amz-Client-Context", Mutator.base64(mutator.mutate("{\"custom\":{\"a\":\"\u00e9\"}}")));
                case 1 -> headers.put("X-Amz-Client-Context", mutator.spoilHeader("e30="));
                case 2 ->
                    headers.put(isStreamed ? "X-Amz-Log-Type" : "X-Amz-Invocation-Type", mutator.spoilHeader("DryRun"));
                default -> event = mutator.mutate(event);
            }
        }
        String path = isStreamed
                ? "/2021-11-15/functions/fuzz/response-streaming-invocations"
                : "/2015-03-31/functions/fuzz/invocations";
        byte[] request = SignedRequest.of(endpoint, "lambda", "POST", path, headers, event, Protection.HASHED)
                .bytes();
        return new Case(!isSpoilt, isStreamed, wantsLog, request);
    }
}
