package io.github.lambdashell.check.ready;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Text;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ready-made check that calls to AWS run under a role.
 *
 * @param role as the user wrote it: a role's name, its ARN, or the ARN of a caller; {@code *} matches any text; not null
 */
public record Identity(String role) implements ReadyMade {
    private static final Pattern FORM = Pattern.compile("[\\w+=,.@/:*-]+");
    private static final Pattern ROLE = Pattern.compile("arn:([^:]+):iam::([^:]+):role/(?:.*/)?([^/]+)");

    /**
     * Parses a role.
     *
     * @throws IllegalArgumentException whose message follows the element's name
     */
    public static Identity parse(String text) {
        if (text.matches("\\*+")) {
            throw new IllegalArgumentException("must not match every role, but is " + Text.apostrophes(text));
        }
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be a role's name or ARN such as orders-*, but is " + Text.apostrophes(text));
        }
        return new Identity(text);
    }

    @Override
    public String word() {
        return "identity";
    }

    @Override
    public String values() {
        return role;
    }

    @Override
    public Optional<Check.TargetRequirement> requirement() {
        return Optional.of(new Check.TargetRequirement("aws", "the local target has no AWS identity"));
    }

    @Override
    public String script() {
        return new Script("identity.bash")
                .set("expected", callerPattern())
                .set("wanted", role)
                .text();
    }

    /**
     * Returns the pattern of the ARN that STS has for the caller. The session's name is the function's, and a role's
     * path is no part of it.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM identifiers</a>
     */
    String callerPattern() {
        Matcher arn = ROLE.matcher(role);
        if (arn.matches()) {
            return "arn:" + arn.group(1) + ":sts::" + arn.group(2) + ":assumed-role/" + arn.group(3) + "/*";
        }
        return role.startsWith("arn:") ? role : "arn:*:sts::*:assumed-role/" + role + "/*";
    }
}
