package io.github.lambdashell.target.local.endpoint.fuzz;

import io.github.lambdashell.target.local.endpoint.SignedRequest;
import io.github.lambdashell.target.local.endpoint.SignedRequest.Protection;
import io.github.lambdashell.target.local.endpoint.TestEndpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;

/** Requests that are wrong somewhere: in HTTP, in the signature, or in what is rightly signed. */
final class FuzzRequests {
    private static final String EVENT = """
            {"command":"echo \\u00e9","environment":{"A":"b","C":null},"list":[1,2.5e3,true,{"deep":[[[]]]}]}""";
    private final TestEndpoint endpoint;
    private final TestEndpoint forger;
    private final Random random;
    private final Mutator mutator;

    /**
     * One request.
     *
     * @param kind what is wrong with it
     * @param isTrusted whether its signature is right
     */
    record Case(String kind, boolean isTrusted, byte[] bytes) {}

    /**
     * @param endpoint that gets the requests
     * @param forger another one, whose secret is another
     */
    FuzzRequests(TestEndpoint endpoint, TestEndpoint forger, long seed) {
        this.endpoint = endpoint;
        this.forger = forger;
        this.random = new Random(seed);
        this.mutator = new Mutator(random);
    }

    Case next() {
        return switch (random.nextInt(3)) {
            case 0 -> new Case("HTTP", false, mutator.mutate(forged().bytes()));
            case 1 -> new Case("signature", false, wronglySigned());
            default -> lambda();
        };
    }

    /** A request that is right in all but the secret. */
    private SignedRequest forged() {
        SignedRequest request = SignedRequest.of(
                forger,
                "lambda",
                "POST",
                "/2015-03-31/functions/fuzz/invocations",
                EVENT.getBytes(StandardCharsets.UTF_8),
                Protection.values()[random.nextInt(Protection.values().length)]);
        return new SignedRequest(request.head().replace(forger.accessKeyId(), endpoint.accessKeyId()), request.body());
    }

    /** A request that is right but for one thing that its signature is to protect. */
    private byte[] wronglySigned() {
        SignedRequest right = SignedRequest.of(
                endpoint,
                "lambda",
                "POST",
                "/2015-03-31/functions/f/invocations",
                EVENT.getBytes(StandardCharsets.UTF_8),
                Protection.HASHED);
        String head = right.head();
        byte[] body = right.body().clone();
        switch (random.nextInt(9)) {
            case 0 -> head = flipHexDigit(head, head.indexOf("Signature=") + 10 + random.nextInt(64));
            case 1 -> head = head.replace("/lambda/aws4_request", "/s3/aws4_request");
            case 2 -> head = head.replaceFirst("POST", "GET");
            case 3 -> head = head.replace("functions/f/", "functions/g" + random.nextInt(100) + "/");
            case 4 -> head = head.replaceFirst("invocations HTTP", "invocations?a=" + random.nextInt() + " HTTP");
            case 5 -> head = head.replaceFirst("SignedHeaders=[^,]*", "SignedHeaders=host");
            case 6 -> head = head.replaceFirst("(?i)x-amz-date: \\d{8}", "X-Amz-Date: 20200101");
            case 7 ->
                head = head.replaceFirst(
                        "(?i)authorization: [^\r]*",
                        Matcher.quoteReplacement("Authorization: "
                                + mutator.mutate("AWS4-HMAC-SHA256 Credential=").replaceAll("[\r\n]", "")));
            default -> body[random.nextInt(body.length)] ^= 1;
        }
        return new SignedRequest(head, body).bytes();
    }

    private static String flipHexDigit(String head, int at) {
        char other = head.charAt(at) == 'a' ? 'b' : 'a';
        return head.substring(0, at) + other + head.substring(at + 1);
    }

    private Case lambda() {
        String name = URLEncoder.encode(
                        random.nextInt(3) == 0 ? mutator.mutate("fuzz") : "fuzz", StandardCharsets.UTF_8)
                .replace("+", "%20");
        String path = random.nextBoolean()
                ? "/2015-03-31/functions/" + name + "/invocations"
                : "/2021-11-15/functions/" + name + "/response-streaming-invocations";
        Map<String, String> headers = random.nextInt(4) == 0
                ? Map.of(
                        "X-Amz-Client-Context",
                        mutator.mutate("e30=").replaceAll("[^ -~]", "?").strip() + "x")
                : Map.of();
        byte[] event = mutator.mutate(EVENT.getBytes(StandardCharsets.UTF_8));
        return trusted("JSON", SignedRequest.of(endpoint, "lambda", "POST", path, headers, event, Protection.HASHED));
    }

    private static Case trusted(String kind, SignedRequest request) {
        return new Case(kind, true, request.bytes());
    }
}
