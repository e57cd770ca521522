package io.github.lambdashell.target.local.endpoint.sigv4;

import io.github.lambdashell.target.local.endpoint.sigv4.AuthenticationException.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The form of a request that both sides sign, so that they sign the same bytes. */
final class CanonicalRequest {
    private CanonicalRequest() {}

    /**
     * @param payloadHash what stands for the body: its hash, or a word that says why there is none
     * @throws AuthenticationException when a header that must be signed isn't, or one that was signed isn't there
     */
    static String of(RequestHead head, SignatureClaim claim, String payloadHash) throws AuthenticationException {
        return head.method()
                + '\n'
                + path(head, claim.service())
                + '\n'
                + query(head)
                + '\n'
                + headers(head, claim.signedHeaders())
                + '\n'
                + String.join(";", claim.signedHeaders())
                + '\n'
                + payloadHash;
    }

    /** S3 signs the path as it is; all other services tidy it, and encode once more what the client had encoded. */
    private static String path(RequestHead head, String service) {
        return service.equals("s3") ? Percent.encodePath(head.path()) : Percent.encodePath(normalize(head.rawPath()));
    }

    /** Without empty, {@code .} and {@code ..} segments. */
    private static String normalize(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        boolean slashAtEnd = path.endsWith("/") && !segments.isEmpty();
        return '/' + String.join("/", segments) + (slashAtEnd ? "/" : "");
    }

    private static String query(RequestHead head) {
        List<String> pairs = new ArrayList<>();
        for (Map.Entry<String, List<String>> parameter : head.query().entrySet()) {
            if (!parameter.getKey().equals("X-Amz-Signature")) {
                for (String value : parameter.getValue()) {
                    pairs.add(Percent.encode(parameter.getKey()) + '=' + Percent.encode(value));
                }
            }
        }
        // By key, then by value: "=" sorts before everything that may be in an encoded key but "-", ".", "%" and
        // digits.
        pairs.sort((one, other) -> {
            String[] left = one.split("=", 2);
            String[] right = other.split("=", 2);
            int byKey = left[0].compareTo(right[0]);
            return byKey != 0 ? byKey : left[1].compareTo(right[1]);
        });
        return String.join("&", pairs);
    }

    private static String headers(RequestHead head, List<String> signed) throws AuthenticationException {
        Set<String> names = new HashSet<>(signed);
        if (!names.contains("host")) {
            throw new AuthenticationException(
                    Kind.MALFORMED, "'Host' must be a 'SignedHeader' in the AWS Authorization");
        }
        for (String name : head.headers().keySet()) {
            if (name.startsWith("x-amz-") && !names.contains(name)) {
                throw new AuthenticationException(
                        Kind.MISMATCH, "There were headers present in the request which were not signed: " + name);
            }
        }
        StringBuilder canonical = new StringBuilder();
        for (String name : signed) {
            List<String> values = head.headers().getOrDefault(name, Collections.emptyList());
            canonical.append(name).append(':');
            for (int i = 0; i < values.size(); i++) {
                canonical.append(i == 0 ? "" : ",").append(trim(values.get(i)));
            }
            canonical.append('\n');
        }
        return canonical.toString();
    }

    /** Without white space around it, and with single spaces in it. */
    private static String trim(String value) {
        return value.strip().replaceAll(" +", " ");
    }
}
