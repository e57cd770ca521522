package io.github.lambdashell.target.local.endpoint;

import io.github.lambdashell.config.Partition;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The function in a request: its name, or an ARN or a part of one, with or without a qualifier. Names and qualifiers are
 * checked against the patterns and lengths of Lambda's API model.
 *
 * @param region the region in the ARN, if there is one
 * @param account the account in the ARN, if there is one
 * @param name the name, not null
 * @param qualifier the qualifier of the name or the request, if there is one
 */
record FunctionName(Optional<String> region, Optional<String> account, String name, Optional<String> qualifier) {
    private static final String NAME_PATTERN = "(arn:(aws[a-zA-Z-]*)?:lambda:)?"
            + "([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)"
            + "(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";
    private static final Pattern NAME = Pattern.compile("(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?"
            + "(?:(?<region>[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\\d):)?(?:(?<account>\\d{12}):)?(?:function:)?"
            + "(?<name>[a-zA-Z0-9_.-]+)(?::(?<qualifier>\\$LATEST(?:\\.PUBLISHED)?|[a-zA-Z0-9_-]+))?");
    private static final int MAX_NAME = 256;
    private static final String QUALIFIER_PATTERN = "\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+";
    private static final Pattern QUALIFIER = Pattern.compile("\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9_$-]+");
    private static final int MAX_QUALIFIER = 128;

    static final String LATEST = "$LATEST";

    /**
     * Parses the function in a request.
     *
     * @param requested the qualifier beside the name; empty without one
     * @throws AwsException if they are malformed or contradict each other
     */
    static FunctionName parse(String text, Optional<String> requested) {
        Matcher matcher = NAME.matcher(text);
        List<String> problems = new ArrayList<>();
        validate("functionName", text, MAX_NAME, matcher.matches(), NAME_PATTERN, problems);
        requested.ifPresent(value -> validate(
                "qualifier", value, MAX_QUALIFIER, QUALIFIER.matcher(value).matches(), QUALIFIER_PATTERN, problems));
        if (!problems.isEmpty()) {
            throw LambdaErrors.validation(problems);
        }
        Optional<String> own = Optional.ofNullable(matcher.group("qualifier"));
        if (own.isPresent() && requested.isPresent() && !own.equals(requested)) {
            throw LambdaErrors.invalidParameter(
                    "The derived qualifier from the function name does not match the specified qualifier.");
        }
        return new FunctionName(
                Optional.ofNullable(matcher.group("region")),
                Optional.ofNullable(matcher.group("account")),
                matcher.group("name"),
                own.or(() -> requested));
    }

    private static void validate(
            String member, String value, int maxLength, boolean isWellFormed, String pattern, List<String> problems) {
        String failed = "Value '" + value + "' at '" + member + "' failed to satisfy constraint: Member must ";
        if (value.length() > maxLength) {
            problems.add(failed + "have length less than or equal to " + maxLength);
        }
        if (!isWellFormed) {
            problems.add(failed + "satisfy regular expression pattern: " + pattern);
        }
    }

    /** Returns the ARN that the function gets: with the qualifier if the caller specified one, also {@code $LATEST}. */
    String invokedArn(FunctionDefinition function) {
        return function.arn() + qualifier.map(invoked -> ":" + invoked).orElse("");
    }

    /** Returns the ARN as Lambda's messages have it. */
    String arn(String requestRegion, Optional<String> shownQualifier) {
        String shownRegion = region.orElse(requestRegion);
        return "arn:" + Partition.of(shownRegion) + ":lambda:" + shownRegion + ":" + account.orElse("000000000000")
                + ":function:" + name + shownQualifier.map(shown -> ":" + shown).orElse("");
    }
}
