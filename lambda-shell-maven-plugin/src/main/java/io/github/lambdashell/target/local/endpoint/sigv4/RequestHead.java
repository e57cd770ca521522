package io.github.lambdashell.target.local.endpoint.sigv4;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request without its body.
 *
 * @param method HTTP method, such as GET, not null
 * @param rawPath path as it was sent, which begins with a slash, not null
 * @param path percent-decoded path, not null
 * @param query decoded parameters in their order; a key without a value has the empty string; not null
 * @param headers values by name in lower case, not null
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

    /**
     * Returns the first value of a header.
     *
     * @param name in lower case
     */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name);
        return values == null ? Optional.empty() : Optional.of(values.get(0));
    }

    /** Returns the first value of a query parameter. */
    public Optional<String> parameter(String name) {
        List<String> values = query.get(name);
        return values == null ? Optional.empty() : Optional.of(values.get(0));
    }
}
