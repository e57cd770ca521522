package io.github.lambdashell.check.ready;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The role that calls to AWS should run under.
 *
 * @param text as the user wrote it: a role's name, its ARN, or the ARN of a caller; {@code *} stands for any text; not
 *     null
 */
public record Identity(String text) {
    private static final Pattern FORM = Pattern.compile("[\\w+=,.@/:*-]+");
    private static final Pattern ROLE = Pattern.compile("arn:([^:]+):iam::([^:]+):role/(?:.*/)?([^/]+)");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException whose message says what would be right
     */
    public static Identity parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "write a role's name or its ARN, in which * stands for any text, like orders-*");
        }
        if (text.matches("\\*+")) {
            throw new IllegalArgumentException("every identity is that, so this would check nothing");
        }
        return new Identity(text);
    }

    /**
     * What STS calls it. The session's name is the function's, and a role's path is no part of it.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM identifiers</a>
     */
    String callerPattern() {
        Matcher role = ROLE.matcher(text);
        if (role.matches()) {
            return "arn:" + role.group(1) + ":sts::" + role.group(2) + ":assumed-role/" + role.group(3) + "/*";
        }
        return text.startsWith("arn:") ? text : "arn:*:sts::*:assumed-role/" + text + "/*";
    }
}
