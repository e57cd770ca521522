package io.github.lambdashell.fault;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status HTTP status
 * @param headers headers without those of the body's length, not null
 * @param body complete body, not null
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    public static HttpAnswer of(int status, String contentType, String body) {
        return new HttpAnswer(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    public static HttpAnswer xml(String body) {
        return of(200, "text/xml", body);
    }

    /** Returns an error of CloudFormation or STS. */
    public static HttpAnswer queryError(int status, String code, String message) {
        return of(
                status,
                "text/xml",
                "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + escape(message)
                        + "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
    }

    /** Returns an error of S3. */
    public static HttpAnswer s3Error(int status, String code, String message) {
        return of(
                status,
                "application/xml",
                "<Error><Code>" + code + "</Code><Message>" + escape(message)
                        + "</Message><RequestId>r</RequestId></Error>");
    }

    /** Returns an error of Lambda. */
    public static HttpAnswer lambdaError(int status, String code, String json) {
        return of(status, "application/json", json).with("x-amzn-ErrorType", code);
    }

    public HttpAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpAnswer(status, more, body);
    }

    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
