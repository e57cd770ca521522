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

/** The canonical form of a request, so that client and endpoint sign the same bytes. */
final class CanonicalRequest {
    private CanonicalRequest() {}

    /**
     * Returns the canonical form.
     *
     * @param payloadHash hash of the body, or the keyword that replaces it, not null
     * @throws AuthenticationException if a header that must be signed is not signed, or a signed header is missing
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

    /**
     * Returns the canonical path. S3 signs the path as it is; all other services normalize it, and encode the client's
     * encoding once more.
     */
    private static String path(RequestHead head, String service) {
        return service.equals("s3") ? Percent.encodePath(head.path()) : Percent.encodePath(normalize(head.rawPath()));
    }

    /** Removes empty, {@code .} and {@code ..} segments. */
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
        // The keys are compared before the values, because "-", ".", "%" and digits in an encoded key sort before "=".
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

    /** Removes surrounding white space and reduces the inner one to single spaces. */
    private static String trim(String value) {
        return value.strip().replaceAll(" +", " ");
    }
}
