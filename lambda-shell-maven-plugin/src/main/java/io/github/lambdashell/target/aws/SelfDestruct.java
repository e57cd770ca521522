package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.StackConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The part of a template with which a stack deletes itself after its expiry, without the machine that deployed it: a
 * schedule of EventBridge Scheduler, and its role.
 */
final class SelfDestruct {
    /** Time after the expiry in which the deletion is repeated. The bucket's last objects are gone after two days. */
    private static final Duration ATTEMPTS = Duration.ofDays(7);

    /**
     * Length of the part of a stack's name with which the names of its resources begin. A logical ID and random
     * characters follow, which with longer stacks' names may exceed the limit of 63 characters for a bucket; CloudFormation
     * does not document how it then shortens the stack's name.
     */
    private static final int NAME_LENGTH = 24;

    /** Beginnings of the resources on which all others depend. */
    private static final List<String> FIRST_RESOURCES = List.of(
            "  LogGroup:\n    Type: AWS::Logs::LogGroup\n",
            "  FunctionRole:\n    Type: AWS::IAM::Role\n",
            "  Bucket:\n    Type: AWS::S3::Bucket\n");

    /** The part of the bucket's lifecycle rule that restricts it to sessions, without which it also expires code. */
    private static final String SESSIONS_ONLY = "            Prefix: session/\n";

    private static final String RESOURCES = "\nResources:\n";
    private static final String OUTPUTS = "\nOutputs:\n";
    private static final String NAME = "SelfDestruct";

    private SelfDestruct() {}

    /**
     * Returns a template with the schedule if the stack is to have one, and otherwise the template.
     *
     * @param expires time of the stack's expiry, not null
     */
    static String addedTo(String template, StackConfig config, Instant expires) {
        if (!config.selfDestruct()) {
            return template;
        }
        String name = config.stackName()
                .substring(0, Math.min(NAME_LENGTH, config.stackName().length()));
        String block = StackTemplate.read("self-destruct.yaml")
                .replace("@start@", expires.toString())
                .replace("@end@", expires.plus(ATTEMPTS).toString())
                .replace("@bucket@", name.toLowerCase(Locale.ROOT))
                .replace("@name@", name);
        String added = template.replace(RESOURCES, RESOURCES + block)
                .replace(OUTPUTS, OUTPUTS + "  " + NAME + ":\n    Value: !Ref " + NAME + "\n")
                .replace(SESSIONS_ONLY, "");
        for (String resource : FIRST_RESOURCES) {
            added = added.replace(resource, resource + "    DependsOn: " + NAME + "\n");
        }
        return added;
    }

    /** Returns whether a stack deletes itself, so that its code was deleted after the last deploy. */
    static boolean isIn(CloudFormationStack stack) {
        return stack.outputs().containsKey(NAME);
    }
}
