package io.github.lambdashell.target.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refusal of AWS, parsed from the message that nearly all of its services send.
 *
 * @param identity ARN of the caller
 * @param action for example {@code iam:CreateRole}
 * @param resource the resource; {@code *} if the service does not name it
 * @param reason the kind of policy that refuses; empty if the service does not name it
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">the form</a>
 */
public record AccessDenied(String identity, String action, String resource, String reason) {
    private static final Pattern FORM = Pattern.compile("User: (\\S+) is not authorized to perform: ([\\w:*-]+)"
            + "(?: on resource: \"?((?:(?:role|policy|user) )?[^\\s\",]+)\"?)?"
            + "(?:,? (because no [^.]*? policy allows|with an explicit deny in [^.]*? policy))?");

    /** Parses a service's message; returns empty if it has another form. */
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

    /** Returns the caller, the action and the resource as a clause. */
    public String problem() {
        String why = reason.endsWith("allows") ? reason + " it" : reason;
        return identity + " may not do " + action + " on " + resource + (why.isEmpty() ? "" : ", " + why);
    }

    /** Returns the remedy, a sentence without its full stop. */
    public String remedy() {
        return "Ask for the permission " + action
                + " (the plugin's page on AWS holds a policy with all that it needs), or use another identity with"
                + " -Dlshell.profile";
    }
}
