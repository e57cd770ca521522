package io.github.lambdashell.target.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What AWS says when it refuses, in the form that nearly all of its services share.
 *
 * @param identity who asked, an ARN
 * @param action for example {@code iam:CreateRole}
 * @param resource on what; {@code *} where the service doesn't say
 * @param reason which kind of policy refuses, empty where the service doesn't say
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">the form</a>
 */
public record AccessDenied(String identity, String action, String resource, String reason) {
    private static final Pattern FORM = Pattern.compile("User: (\\S+) is not authorized to perform: ([\\w:*-]+)"
            + "(?: on resource: \"?((?:(?:role|policy|user) )?[^\\s\",]+)\"?)?"
            + "(?:,? (because no [^.]*? policy allows|with an explicit deny in [^.]*? policy))?");

    /** Reads it out of a service's message; empty where the message is another. */
    public static Optional<AccessDenied> parse(String message) {
        Matcher form = FORM.matcher(message);
        if (!form.find()) {
            return Optional.empty();
        }
        String resource = form.group(3) == null ? "*" : form.group(3).replaceFirst("\\.$", "");
        return Optional.of(new AccessDenied(
                form.group(1),
                form.group(2),
                resource,
                Optional.ofNullable(form.group(4)).orElse("")));
    }

    /** Who may not do what to what, as a clause. */
    public String problem() {
        String why = reason.endsWith("allows") ? reason + " it" : reason;
        return identity + " may not do " + action + " on " + resource + (why.isEmpty() ? "" : ", " + why);
    }

    /** What to do about it, as a sentence without its full stop. */
    public String remedy() {
        return "Ask for the permission " + action
                + " (the plugin's page on AWS holds a policy with all that it needs), or use another identity with"
                + " -Dlshell.profile";
    }
}
