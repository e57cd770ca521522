package io.github.lambdashell.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP request that was read completely.
 *
 * @param method HTTP method, such as GET, not null
 * @param target path and query as they were sent, not null
 * @param headers values by name in lower case, not null
 * @param body body as it was sent, with its content encoding, not null
 */
public record HttpCall(String method, String target, Map<String, String> headers, byte[] body) {
    /** Reads the next request of a connection; returns null at its end. */
    static HttpCall read(InputStream in, Runnable sendContinue) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        String[] parts = start.split(" ");
        if (parts.length != 3) {
            throw noHttp();
        }
        Map<String, String> headers = headers(in);
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            sendContinue.run();
        }
        return new HttpCall(parts[0], parts[1], headers, body(in, headers));
    }

    /** Returns the exception for bytes that are not HTTP, such as those of a client that expects TLS. */
    private static SocketException noHttp() {
        return new SocketException("this is no HTTP");
    }

    static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw noHttp();
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = chunkLength(in); length > 0; length = chunkLength(in)) {
            body.writeBytes(in.readNBytes(length));
            line(in);
        }
        headers(in);
        return body.toByteArray();
    }

    private static int chunkLength(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";")[0].strip(), 16);
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Returns the decoded path; for a request to a proxy, the path after the host. */
    public String path() {
        return URI.create(target).getPath();
    }

    /** Returns the decoded query parameters; one without a value has the empty string. */
    public Map<String, String> query() {
        return decode(URI.create(target).getRawQuery());
    }

    /** Returns the fields of a form. */
    public Map<String, String> form() {
        return decode(new String(body, StandardCharsets.UTF_8));
    }

    private static Map<String, String> decode(String encoded) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (encoded != null) {
            for (String field : encoded.split("&")) {
                String[] pair = field.split("=", 2);
                fields.put(
                        URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                        pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    /** Returns AWS's name of the operation, for example {@code CreateStack}. */
    public String operation() {
        if (method.equals("CONNECT")) {
            return method;
        }
        if (headers.getOrDefault("content-type", "").startsWith("application/x-www-form-urlencoded")) {
            return form().getOrDefault("Action", "none");
        }
        if (headers.containsKey("x-amz-target")) {
            return headers.get("x-amz-target").replaceFirst(".*\\.", "");
        }
        if (path().endsWith("/response-streaming-invocations")) {
            return "InvokeWithResponseStream";
        }
        if (path().endsWith("/invocations")) {
            return "Invoke";
        }
        if (path().matches("/2015-03-31/functions/[^/]+")) {
            return method.equals("DELETE") ? "DeleteFunction" : "GetFunction";
        }
        if (path().matches("/2015-03-31/functions/[^/]+/aliases.*")) {
            return method.equals("POST") ? "CreateAlias" : "UpdateAlias";
        }
        if (path().matches("/2015-03-31/functions/[^/]+/versions")) {
            return method.equals("POST") ? "PublishVersion" : "ListVersionsByFunction";
        }
        if (path().matches("/2015-03-31/functions/[^/]+/configuration")) {
            return "GetFunctionConfiguration";
        }
        return switch (method) {
            case "PUT" -> "PutObject";
            case "POST" -> "DeleteObjects";
            case "GET" -> get(query());
            case "DELETE" -> "DeleteObject";
            default -> method;
        };
    }

    private static String get(Map<String, String> query) {
        if (query.containsKey("versions")) {
            return "ListObjectVersions";
        }
        return query.containsKey("list-type") ? "ListObjectsV2" : "GetObject";
    }
}
