package io.github.lambdashell.target.local.endpoint.sigv4;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request without its body.
 *
 * @param method GET, PUT and so on
 * @param rawPath as it was sent, beginning with a slash
 * @param path the same, percent-decoded
 * @param query parameters, decoded, in their order; a key without a value has the empty string
 * @param headers by name in lower case
 */
public record RequestHead(
        String method,
        String rawPath,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> headers) {

    /**
     * Parses a request's target.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    public static RequestHead of(String method, String target, Map<String, List<String>> headers) {
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("Couldn't parse the specified URI.");
        }
        int mark = target.indexOf('?');
        String rawPath = mark < 0 ? target : target.substring(0, mark);
        String rawQuery = mark < 0 ? "" : target.substring(mark + 1);
        return new RequestHead(method, rawPath, Percent.decodePath(rawPath), Percent.decodeForm(rawQuery), headers);
    }

    /** The first value of a header, its name in lower case. */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name);
        return values == null ? Optional.empty() : Optional.of(values.get(0));
    }

    /** The first value of a query parameter. */
    public Optional<String> parameter(String name) {
        List<String> values = query.get(name);
        return values == null ? Optional.empty() : Optional.of(values.get(0));
    }
}
