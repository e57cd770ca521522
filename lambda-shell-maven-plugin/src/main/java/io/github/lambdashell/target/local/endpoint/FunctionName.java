package io.github.lambdashell.target.local.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function as callers name it: by name, by ARN, or by account and name, with or without a qualifier.
 *
 * @param name without qualifier
 * @param qualifier {@code $LATEST} when none was given
 * @param arn as far as it is known, for messages
 */
record FunctionName(String name, String qualifier, String arn) {
    private static final Pattern FORM =
            Pattern.compile("((arn:[a-z-]+:lambda:[a-z0-9-]+:)?\\d{12}:function:|function:)?([A-Za-z0-9_-]{1,64})"
                    + "(?::([A-Za-z0-9$_-]{1,128}))?");
    private static final Pattern REGION = Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/");
    private static final String LATEST = "$LATEST";

    /**
     * Reads what stands in a request's path.
     *
     * @throws io.github.lambdashell.target.local.http.AwsException when it is no function's name
     */
    static FunctionName parse(String text, Exchange exchange) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw LambdaErrors.invalidParameter("Not a function's name or ARN: " + text);
        }
        String name = matcher.group(3);
        String qualifier = Optional.ofNullable(matcher.group(4))
                .or(() -> exchange.query().getOrDefault("Qualifier", List.of()).stream()
                        .findFirst())
                .orElse(LATEST);
        String prefix =
                matcher.group(2) != null ? matcher.group(1) : "arn:aws:lambda:" + region(exchange) + ":function:";
        return new FunctionName(name, qualifier, prefix + name + (qualifier.equals(LATEST) ? "" : ":" + qualifier));
    }

    /** Only the unpublished version exists locally. */
    boolean isLatest() {
        return qualifier.equals(LATEST);
    }

    private static String region(Exchange exchange) {
        Matcher matcher = REGION.matcher(exchange.header("Authorization").orElse(""));
        return (matcher.find() ? matcher.group(1) : "local") + ":000000000000";
    }
}
