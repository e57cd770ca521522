package io.github.lambdashell.target.local.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a function in a request: a name, an ARN, or an account and a name, with or without a qualifier.
 *
 * @param name the name without qualifier, not null
 * @param qualifier the qualifier, not null; defaults to {@code $LATEST}
 * @param arn the ARN for messages, not null; incomplete if parts of it are unknown
 */
record FunctionName(String name, String qualifier, String arn) {
    private static final Pattern FORM =
            Pattern.compile("((arn:[a-z-]+:lambda:[a-z0-9-]+:)?\\d{12}:function:|function:)?([A-Za-z0-9_-]{1,64})"
                    + "(?::([A-Za-z0-9$_-]{1,128}))?");
    private static final Pattern REGION = Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/");
    private static final String LATEST = "$LATEST";

    /**
     * Parses the name in a request's path.
     *
     * @throws AwsException if it is not a function's name
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

    /** Returns whether the name is that of the unpublished version, the only one that exists locally. */
    boolean isLatest() {
        return qualifier.equals(LATEST);
    }

    private static String region(Exchange exchange) {
        Matcher matcher = REGION.matcher(exchange.header("Authorization").orElse(""));
        return (matcher.find() ? matcher.group(1) : "local") + ":000000000000";
    }
}
