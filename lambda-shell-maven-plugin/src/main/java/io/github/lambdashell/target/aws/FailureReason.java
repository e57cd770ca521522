package io.github.lambdashell.target.aws;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * The reason of a failed resource, with its remedy.
 *
 * @param resource the resource, for example {@code ShellFunction (AWS::Lambda::Function)}, not null
 * @param text the service's message, without the ids of requests, not null
 */
record FailureReason(String resource, String text) {
    private static final Pattern WRAPPED =
            Pattern.compile("Resource handler returned message: \"(.*)\" \\(RequestToken: .*\\)", Pattern.DOTALL);
    private static final Pattern REQUEST = Pattern.compile("\\s*\\(Service: [^)]*\\)(?: \\(SDK Attempt[^)]*\\))?");
    private static final Pattern NEW_ROLE = Pattern.compile("cannot be assumed by Lambda");

    private static final String DEFAULT = "Correct the cause and run the goal again";
    private static final List<Remedy> REMEDIES = List.of(
            Remedy.of(
                    "lambda:GetLayerVersion|[Ll]ayer.* (does not exist|not found|is not authorized)|Invalid Layer",
                    "Check each ARN under <layers>: its region, its version, and that its owner shares it with your account"),
            Remedy.of(
                    "at 'runtime' failed to satisfy|[Rr]untime parameter of .* is not supported|[Rr]untime .* is no longer",
                    "Specify a runtime that Lambda supports with <runtime> (lshell.runtime)"),
            Remedy.of(
                    "[Ss]ubnet.*(does not exist|not found|invalid)",
                    "Correct <subnetIds>: they must be in this account and region"),
            Remedy.of(
                    "[Ss]ecurity [Gg]roup.*(does not exist|not found|invalid)|InvalidGroup",
                    "Correct <securityGroupIds>: they must be in the subnets' VPC"),
            Remedy.of(
                    "does not have permissions to call CreateNetworkInterface",
                    "Attach the policy AWSLambdaVPCAccessExecutionRole to the role, or remove <role>"),
            Remedy.of(
                    "(?s)bucket.*already (exists|owned)|BucketAlreadyExists|already exists.*bucket",
                    "Bucket names are shared by all accounts, and this one is taken: run the goal again, which"
                            + " chooses another one, or specify a bucket of yours with <codeBucket>"),
            Remedy.of(
                    NEW_ROLE.pattern(),
                    "Add a trust policy to the role that allows lambda.amazonaws.com to assume it; if it is the"
                            + " stack's own role, run the goal again"),
            Remedy.of("NoSuchBucket", "Create the bucket, or remove <codeBucket>, so that the stack creates its own"),
            Remedy.of("PermanentRedirect", "Specify a <codeBucket> in the region of the stack"),
            Remedy.of(
                    "KMS|kms:",
                    "Check <kmsKey>: that it is enabled, in this region, and that its policy allows you to use it"),
            Remedy.of("not empty", "Run lshell:teardown again, which empties the bucket first"),
            Remedy.of(
                    "\\bENI\\b|network interface|in use",
                    "Wait: AWS takes up to 40 minutes to release network interfaces"));

    private record Remedy(Pattern reason, String remedy) {
        static Remedy of(String reason, String remedy) {
            return new Remedy(Pattern.compile(reason), remedy);
        }
    }

    static FailureReason of(StackEvent event) {
        String text = Optional.ofNullable(event.resourceStatusReason()).orElse("without a reason");
        Matcher wrapped = WRAPPED.matcher(text);
        if (wrapped.matches()) {
            text = wrapped.group(1);
        }
        return new FailureReason(
                event.logicalResourceId() + " (" + event.resourceType() + ")",
                REQUEST.matcher(text).replaceAll("").strip().replaceFirst("\\.$", ""));
    }

    /** Returns whether the failure is temporary: services don't recognize a new role for some seconds. */
    boolean isNewRole() {
        return NEW_ROLE.matcher(text).find();
    }

    /** Returns the resource and the reason as a clause. */
    String problem() {
        return resource + ": "
                + AccessDenied.parse(text).map(AccessDenied::problem).orElse(text);
    }

    /** Returns the remedy, a sentence without its full stop. */
    String remedy() {
        return Quota.remedy(text)
                .or(() -> REMEDIES.stream()
                        .filter(known -> known.reason.matcher(text).find())
                        .findFirst()
                        .map(Remedy::remedy))
                .or(() -> AccessDenied.parse(text).map(AccessDenied::remedy))
                .orElse(DEFAULT);
    }
}
