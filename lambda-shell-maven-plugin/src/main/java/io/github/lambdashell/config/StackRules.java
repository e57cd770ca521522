package io.github.lambdashell.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What CloudFormation and Lambda would refuse after minutes, found before anything is deployed. */
public final class StackRules {
    /** Maven's name for the project outside of a project. */
    private static final String NO_PROJECT = "standalone-pom";

    private static final Pattern STACK_NAME = Pattern.compile("[a-zA-Z][-a-zA-Z0-9]*");
    private static final int MAX_STACK_NAME = 128;
    private static final Pattern VARIABLE_NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]+");
    private static final int MAX_VARIABLES_BYTES = 4096;
    private static final int MAX_LAYERS = 5;
    private static final Pattern LAYER =
            Pattern.compile("arn:[a-z-]+:lambda:[a-z0-9-]+:\\d{12}:layer:([a-zA-Z0-9_-]+):\\d+");
    /** Lambda sets these itself and refuses a function that sets them. */
    private static final Set<String> RESERVED_VARIABLES = Set.of(
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
            "AWS_DEFAULT_REGION",
            "AWS_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_LAMBDA_RUNTIME_API",
            "LAMBDA_TASK_ROOT",
            "LAMBDA_RUNTIME_DIR");

    private StackRules() {}

    /**
     * The name of a stack that nobody named.
     *
     * @param artifactId of the project; outside of a project Maven's own {@code standalone-pom}
     */
    public static String defaultStackName(String artifactId) {
        return artifactId.equals(NO_PROJECT) ? "lshell" : "lshell-" + artifactId.replaceAll("[^a-zA-Z0-9-]", "-");
    }

    /** Notes what is wrong with a stack's configuration. */
    public static void check(StackConfig stack, Problems problems) {
        checkStackName(stack.stackName(), problems);
        FunctionSettings function = stack.function();
        problems.require(
                Set.of("x86_64", "arm64").contains(function.architecture()),
                "architecture (lshell.architecture) is " + function.architecture()
                        + ", but Lambda knows x86_64 and arm64");
        range("memorySize", function.memorySize(), 128, 10240, "MB", problems);
        range("ephemeralStorage", function.ephemeralStorage(), 512, 10240, "MB", problems);
        Duration timeout = function.timeout();
        range("timeout", timeout.toSeconds(), 1, 900, "s", problems);
        problems.require(
                timeout.toSecondsPart() * 1000L == timeout.toMillis() % 60_000,
                "timeout (lshell.timeout) is " + timeout.toMillis() + " ms, but Lambda counts in whole seconds");
        problems.require(
                function.layers().size() <= MAX_LAYERS,
                function.layers().size() + " layers are named, but a function has at most " + MAX_LAYERS);
        function.layers()
                .forEach(layer -> problems.require(
                        LAYER.matcher(layer).matches(),
                        "layers (lshell.layers) holds \"" + layer + "\", but a layer is named by its version's ARN,"
                                + " arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION; what stands for it on the local"
                                + " target goes into localLayers"));
        checkVariables(function.environmentVariables(), problems);
        problems.require(
                function.subnetIds().isEmpty() == function.securityGroupIds().isEmpty(),
                "subnetIds and securityGroupIds belong together, but only one of them is set");
        problems.require(
                stack.role() == null || stack.managedPolicies().isEmpty() && stack.permissionsBoundary() == null,
                "managedPolicies and permissionsBoundary are for the stack's own role, but role names another one");
    }

    /**
     * Notes local layers that stand for none of a function's.
     *
     * @param names of layers
     */
    public static void checkLocalLayers(Set<String> names, FunctionSettings function, Problems problems) {
        Set<String> known = new TreeSet<>();
        for (String layer : function.layers()) {
            Matcher arn = LAYER.matcher(layer);
            if (arn.matches()) {
                known.add(arn.group(1));
            }
        }
        for (String name : names) {
            problems.require(
                    known.contains(name),
                    "localLayers holds " + name + ", but "
                            + (known.isEmpty()
                                    ? "the function has no layers"
                                    : "the function's layers are " + String.join(", ", known)));
        }
    }

    /** Notes what is wrong with a stack's name, by CloudFormation's rules. */
    public static void checkStackName(String name, Problems problems) {
        problems.require(
                STACK_NAME.matcher(name).matches() && name.length() <= MAX_STACK_NAME,
                "stackName (lshell.stackName) is \"" + name
                        + "\", but CloudFormation takes letters, digits and hyphens, a letter first, at most "
                        + MAX_STACK_NAME + " of them"
                        + (name.contains("${") ? "; the property in it is not set" : ""));
    }

    private static void checkVariables(Map<String, String> variables, Problems problems) {
        int bytes = 0;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String name = variable.getKey();
            bytes += (name + variable.getValue()).getBytes(StandardCharsets.UTF_8).length;
            problems.require(
                    VARIABLE_NAME.matcher(name).matches(),
                    "environmentVariables holds \"" + name
                            + "\", but Lambda takes names of letters, digits and underscores, a letter first, two or"
                            + " more");
            problems.require(
                    !RESERVED_VARIABLES.contains(name),
                    "environmentVariables holds " + name + ", which Lambda sets itself");
        }
        problems.require(
                bytes <= MAX_VARIABLES_BYTES,
                "environmentVariables are " + bytes + " bytes, but Lambda takes " + MAX_VARIABLES_BYTES + " in all");
    }

    private static void range(String name, long value, int least, int most, String unit, Problems problems) {
        problems.require(
                value >= least && value <= most,
                name + " (lshell." + name + ") is " + value + " " + unit + ", but Lambda takes " + least + " to " + most
                        + " " + unit);
    }
}
