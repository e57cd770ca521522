package io.github.lambdashell.target.local.endpoint.sigv4;

import io.github.lambdashell.target.local.endpoint.sigv4.AuthenticationException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The data of a signature in a request, from its Authorization header or from the query of a presigned URL.
 *
 * @param accessKeyId id of the access key, not null
 * @param scope date/region/service/aws4_request, not null
 * @param region region of the scope, not null
 * @param service service of the scope, such as {@code s3}, not null
 * @param timestamp time of the signature as text, {@code yyyyMMdd'T'HHmmss'Z'}, not null
 * @param signedAt time of the signature, not null
 * @param validFor lifetime of a presigned URL; null for a header
 * @param signedHeaders names in lower case, in their order, not null
 * @param signature hexadecimal, not null
 */
record SignatureClaim(
        String accessKeyId,
        String scope,
        String region,
        String service,
        String timestamp,
        Instant signedAt,
        Duration validFor,
        List<String> signedHeaders,
        String signature) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final long LONGEST_PRESIGNED_SECONDS = Duration.ofDays(7).toSeconds();

    boolean isPresigned() {
        return validFor != null;
    }

    static SignatureClaim of(RequestHead head) throws AuthenticationException {
        String authorization = head.header("authorization").orElse(null);
        if (head.query().containsKey("X-Amz-Signature") || head.query().containsKey("X-Amz-Algorithm")) {
            if (authorization != null) {
                throw malformed("Only one auth mechanism allowed");
            }
            return presigned(head);
        }
        if (authorization == null) {
            throw new AuthenticationException(Kind.MISSING, "Missing Authentication Token");
        }
        if (!authorization.startsWith(ALGORITHM)) {
            throw malformed("Authorization header requires the algorithm " + ALGORITHM);
        }
        Map<String, String> parts = new TreeMap<>();
        for (String part : authorization.substring(ALGORITHM.length()).split(",")) {
            String[] keyAndValue = part.strip().split("=", 2);
            if (keyAndValue.length == 2) {
                parts.put(keyAndValue[0], keyAndValue[1]);
            }
        }
        return of(
                required(parts.get("Credential"), "Authorization header requires 'Credential' parameter."),
                required(
                        head.header("x-amz-date").orElse(null),
                        "Authorization header requires existence of a 'X-Amz-Date' header."),
                null,
                required(parts.get("SignedHeaders"), "Authorization header requires 'SignedHeaders' parameter."),
                required(parts.get("Signature"), "Authorization header requires 'Signature' parameter."));
    }

    private static SignatureClaim presigned(RequestHead head) throws AuthenticationException {
        if (!ALGORITHM.equals(head.parameter("X-Amz-Algorithm").orElse(null))) {
            throw malformed("X-Amz-Algorithm only supports \"" + ALGORITHM + "\"");
        }
        return of(
                parameter(head, "X-Amz-Credential"),
                parameter(head, "X-Amz-Date"),
                expiry(parameter(head, "X-Amz-Expires")),
                parameter(head, "X-Amz-SignedHeaders"),
                parameter(head, "X-Amz-Signature"));
    }

    private static String parameter(RequestHead head, String name) throws AuthenticationException {
        return required(
                head.parameter(name).orElse(null),
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
                        + "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
    }

    private static Duration expiry(String seconds) throws AuthenticationException {
        try {
            long value = Long.parseLong(seconds);
            if (value >= 0 && value <= LONGEST_PRESIGNED_SECONDS) {
                return Duration.ofSeconds(value);
            }
        } catch (NumberFormatException e) {
            // The exception below is thrown for this too.
        }
        throw malformed("X-Amz-Expires must be a number of seconds from 0 to " + LONGEST_PRESIGNED_SECONDS);
    }

    private static SignatureClaim of(
            String credential, String timestamp, Duration validFor, String signedHeaders, String signature)
            throws AuthenticationException {
        String[] parts = credential.split("/", -1);
        if (parts.length != 5 || !parts[4].equals("aws4_request")) {
            throw malformed("Credential must have exactly 5 slash-delimited elements, e.g. "
                    + "keyid/date/region/service/aws4_request");
        }
        Instant signedAt;
        try {
            signedAt = LocalDateTime.parse(timestamp, TIMESTAMP).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw malformed("Date must be in ISO-8601 'basic format'. Got '" + timestamp + "'.");
        }
        if (!timestamp.startsWith(parts[1]) || parts[1].length() != 8) {
            throw malformed("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date.");
        }
        return new SignatureClaim(
                parts[0],
                String.join("/", Arrays.asList(parts).subList(1, 5)),
                parts[2],
                parts[3],
                timestamp,
                signedAt,
                validFor,
                List.of(signedHeaders.split(";")),
                signature);
    }

    private static String required(String value, String otherwise) throws AuthenticationException {
        if (value == null || value.isEmpty()) {
            throw malformed(otherwise);
        }
        return value;
    }

    private static AuthenticationException malformed(String message) {
        return new AuthenticationException(Kind.MALFORMED, message);
    }
}
