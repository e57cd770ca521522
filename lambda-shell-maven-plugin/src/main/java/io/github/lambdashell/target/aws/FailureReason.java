package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.model.OperationEvent;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * The reason of a failed operation, with its remedy.
 *
 * @param problem the resource, its property if CloudFormation names it, and the reason as a clause, not null
 * @param remedy a sentence without its full stop, not null
 * @param text the service's message, without the ids of requests, not null
 */
record FailureReason(String problem, String remedy, String text) {
    private static final Pattern WRAPPED =
            Pattern.compile("Resource handler returned message: \"(.*)\" \\(RequestToken: .*\\)", Pattern.DOTALL);
    private static final Pattern REQUEST = Pattern.compile("\\s*\\(Service: [^)]*\\)(?: \\(SDK Attempt[^)]*\\))?");
    private static final Pattern NEW_ROLE = Pattern.compile("cannot be assumed by Lambda");

    private static final Pattern PROPERTY = Pattern.compile("/?Resources/[^/]+/Properties/(.+)");

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
                    "out of IP addresses|no available IP addresses",
                    "The subnets have no free address: specify larger or more subnets with <subnetIds>"),
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
            // CloudFormation says so of other refusals too, and then appends the action.
            Remedy.of(
                    "(?s)performing a tagging operation(?!.*is not authorized to perform)",
                    "Ask for the permissions to tag this resource (the plugin's page on AWS has a policy with all that it"
                            + " needs), or use another identity with -Dlshell.profile"),
            Remedy.of("not empty", "Run lshell:teardown again, which empties the bucket first"),
            Remedy.of(
                    "\\bENI\\b|network interface|in use",
                    "Wait: AWS takes up to 40 minutes to release network interfaces"));

    /** The plugin's parameters by the beginning of the path of a property in the template. */
    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("Architectures", "architecture"),
            Map.entry("Code", "codeBucket"),
            Map.entry("Environment", "environmentVariables"),
            Map.entry("EphemeralStorage", "ephemeralStorage"),
            Map.entry("FileSystemConfigs", "fileSystem"),
            Map.entry("KmsKeyArn", "kmsKey"),
            Map.entry("KmsKeyId", "kmsKey"),
            Map.entry("Layers", "layers"),
            Map.entry("ManagedPolicyArns", "managedPolicies"),
            Map.entry("MemorySize", "memorySize"),
            Map.entry("PermissionsBoundary", "permissionsBoundary"),
            Map.entry("Role", "role"),
            Map.entry("Runtime", "runtime"),
            Map.entry("Tags", "tags"),
            Map.entry("Timeout", "timeout"),
            Map.entry("VpcConfig/SecurityGroupIds", "securityGroupIds"),
            Map.entry("VpcConfig/SubnetIds", "subnetIds"));

    private record Remedy(Pattern reason, String remedy) {
        static Remedy of(String reason, String remedy) {
            return new Remedy(Pattern.compile(reason), remedy);
        }
    }

    /** Returns the reason of a resource. */
    static FailureReason of(StackEvent event) {
        return of(event.logicalResourceId(), event.resourceType(), "", event.resourceStatusReason());
    }

    /** Returns a reason of a validation before deployment, of a hook or of a resource. */
    static FailureReason of(OperationEvent event) {
        Matcher path = PROPERTY.matcher(Objects.requireNonNullElse(event.validationPath(), ""));
        return of(
                event.logicalResourceId(),
                event.resourceType(),
                path.matches() ? path.group(1) : "",
                Stream.of(event.validationStatusReason(), event.hookStatusReason(), event.resourceStatusReason())
                        .filter(reason -> reason != null && !reason.isEmpty())
                        .findFirst()
                        .orElse(null));
    }

    private static FailureReason of(String resource, String type, String property, String reason) {
        String text = clean(Optional.ofNullable(reason).orElse("without a reason"));
        return new FailureReason(
                resource + " (" + type + ")" + (property.isEmpty() ? "" : ", property " + property) + ": "
                        + AccessDenied.parse(text).map(AccessDenied::problem).orElse(text),
                remedy(text, property),
                text);
    }

    /**
     * Returns a reason that CloudFormation gives for the stack itself.
     *
     * @param unread why the reasons of its resources can't be read, null if there are none
     */
    static FailureReason ofStack(String reason, ShellException unread) {
        String text = clean(reason);
        return new FailureReason(
                unread == null
                        ? text
                        : text + (text.isEmpty() ? "" : "; ") + "the causes can't be read: " + unread.problem(),
                unread == null ? remedy(text, "") : unread.remedy(),
                text);
    }

    private static String clean(String reason) {
        Matcher wrapped = WRAPPED.matcher(reason);
        return REQUEST.matcher(wrapped.matches() ? wrapped.group(1) : reason)
                .replaceAll("")
                .strip()
                .replaceFirst("\\.$", "");
    }

    private static String remedy(String text, String property) {
        return Quota.remedy(text)
                .or(() -> REMEDIES.stream()
                        .filter(known -> known.reason.matcher(text).find())
                        .findFirst()
                        .map(Remedy::remedy))
                .or(() -> AccessDenied.parse(text).map(AccessDenied::remedy))
                .or(() -> PARAMETERS.entrySet().stream()
                        .filter(known -> (property + "/").startsWith(known.getKey() + "/"))
                        .findFirst()
                        .map(known -> "Correct <" + known.getValue() + "> and run the goal again"))
                .orElse(DEFAULT);
    }

    /** Returns whether the failure is temporary: services don't recognize a new role for some seconds. */
    boolean isNewRole() {
        return NEW_ROLE.matcher(text).find();
    }
}
