package io.github.lambdashell.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of CloudFormation and Lambda for a stack, checked before anything is deployed. */
public final class StackRules {
    /** The artifact id that Maven uses outside of a project. */
    private static final String NO_PROJECT = "standalone-pom";

    private static final Pattern STACK_NAME = Pattern.compile("[a-zA-Z][-a-zA-Z0-9]*");
    private static final int MAX_STACK_NAME = 128;
    private static final Pattern VARIABLE_NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]+");
    private static final int MAX_VARIABLES_BYTES = 4096;
    private static final int MAX_LAYERS = 5;
    /** Minimum expiry of a stack that deletes itself, so that its schedule starts after the deploy. */
    private static final Duration MIN_EXPIRY = Duration.ofMinutes(10);

    private static final Pattern QUALIFIER = Pattern.compile("[a-zA-Z0-9$_-]{1,128}");
    private static final Pattern LAYER =
            Pattern.compile("arn:[a-z-]+:lambda:[a-z0-9-]+:\\d{12}:layer:([a-zA-Z0-9_-]+):\\d+");
    /** Variables that Lambda sets itself; it refuses a function that sets them. */
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
     * Returns the default name of a stack.
     *
     * @param artifactId of the project, or {@code standalone-pom} outside of a project; not null
     */
    public static String defaultStackName(String artifactId) {
        return artifactId.equals(NO_PROJECT) ? "lshell" : "lshell-" + artifactId.replaceAll("[^a-zA-Z0-9-]", "-");
    }

    /** Adds the problems of a stack's configuration. */
    public static void check(StackConfig stack, Problems problems) {
        checkStackName(stack.stackName(), problems);
        FunctionSettings function = stack.function();
        problems.require(
                Set.of("x86_64", "arm64").contains(function.architecture()),
                "architecture (lshell.architecture) must be 'x86_64' or 'arm64', but is '" + function.architecture()
                        + "'");
        range("memorySize", function.memorySize(), 128, 10240, "MB", problems);
        range("ephemeralStorage", function.ephemeralStorage(), 512, 10240, "MB", problems);
        Duration timeout = function.timeout();
        range("timeout", timeout.toSeconds(), 1, 900, "s", problems);
        problems.require(
                timeout.toSecondsPart() * 1000L == timeout.toMillis() % 60_000,
                "timeout (lshell.timeout) must be in full seconds, but is " + timeout.toMillis() + " ms");
        problems.require(
                function.layers().size() <= MAX_LAYERS,
                "layers (lshell.layers) must be at most " + MAX_LAYERS + ", but are "
                        + function.layers().size());
        function.layers()
                .forEach(layer -> problems.require(
                        LAYER.matcher(layer).matches(),
                        "layers (lshell.layers) must be ARNs of the form"
                                + " arn:PARTITION:lambda:REGION:ACCOUNT:layer:NAME:VERSION, but one is '" + layer
                                + "'; files that replace a layer locally belong into localLayers"));
        checkVariables(function.environmentVariables(), problems);
        problems.require(
                function.subnetIds().isEmpty() == function.securityGroupIds().isEmpty(),
                "subnetIds and securityGroupIds must be configured together; only one of them is");
        problems.require(
                stack.role() == null || stack.managedPolicies().isEmpty() && stack.permissionsBoundary() == null,
                "role is mutually exclusive with managedPolicies and permissionsBoundary, which are for the role that the"
                        + " stack creates");
        problems.require(
                !stack.selfDestruct() || stack.expiresAfter().compareTo(MIN_EXPIRY) >= 0,
                "selfDestruct (lshell.selfDestruct) requires an expiry; set expiresAfter (lshell.expiresAfter) to at least"
                        + " 10m");
        checkVersion(stack, problems);
    }

    private static void checkVersion(StackConfig stack, Problems problems) {
        String qualifier = stack.qualifier();
        problems.require(
                qualifier == null || QUALIFIER.matcher(qualifier).matches(),
                "qualifier (lshell.qualifier) must be a version or an alias: up to 128 letters, digits, '$', '_' or '-',"
                        + " but is '" + qualifier + "'");
        problems.require(
                !stack.publish() || qualifier == null || !qualifier.matches("\\d+|\\$.*"),
                "qualifier (lshell.qualifier) must be an alias with publish or snapStart, which decide on the version,"
                        + " but is '" + qualifier + "'");
        problems.require(
                stack.publish() || !stack.snapStart(),
                "publish (lshell.publish) must not be 'false' with snapStart (lshell.snapStart), which is for published"
                        + " versions; remove one of them");
        if (stack.snapStart()) {
            snapStartProblems(stack.function()).forEach(problems::add);
        }
    }

    /** Returns whether SnapStart supports a function. */
    public static boolean supportsSnapStart(FunctionSettings function) {
        return snapStartProblems(function).isEmpty();
    }

    /**
     * Returns why SnapStart does not support a function.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html#snapstart-runtimes">Supported features
     *     and limitations</a>
     */
    private static List<String> snapStartProblems(FunctionSettings function) {
        List<String> problems = new ArrayList<>();
        if (!LambdaRuntimes.hasSnapStart(function.runtime())) {
            problems.add(
                    "snapStart (lshell.snapStart) requires a runtime from java11, python3.12 or dotnet8 on, but runtime"
                            + " is '" + function.runtime() + "'");
        }
        if (function.ephemeralStorage() != 512) {
            problems.add("snapStart (lshell.snapStart) requires an ephemeralStorage of 512 MB, but it is "
                    + function.ephemeralStorage() + " MB");
        }
        if (function.fileSystem() != null) {
            problems.add(
                    "snapStart (lshell.snapStart) and the file system of the function to copy (lshell.like) are mutually"
                            + " exclusive");
        }
        return problems;
    }

    /**
     * Adds a problem for each local layer that does not replace a layer of the function.
     *
     * @param names names of the local layers
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
                    "localLayers: unknown layer '" + name + "'; "
                            + (known.isEmpty()
                                    ? "the function has no layers"
                                    : "the function's layers are " + String.join(", ", known)));
        }
    }

    /** Adds the problems of a stack's name. */
    public static void checkStackName(String name, Problems problems) {
        problems.require(
                STACK_NAME.matcher(name).matches() && name.length() <= MAX_STACK_NAME,
                "stackName (lshell.stackName) must be a letter and up to " + (MAX_STACK_NAME - 1)
                        + " letters, digits or hyphens, but is '" + name + "'"
                        + (name.contains("${") ? "; define the property in it" : ""));
    }

    private static void checkVariables(Map<String, String> variables, Problems problems) {
        int bytes = 0;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String name = variable.getKey();
            bytes += (name + variable.getValue()).getBytes(StandardCharsets.UTF_8).length;
            problems.require(
                    VARIABLE_NAME.matcher(name).matches(),
                    "environmentVariables: a name must be a letter and at least one letter, digit or underscore, but is '"
                            + name + "'");
            problems.require(
                    !RESERVED_VARIABLES.contains(name),
                    "environmentVariables: '" + name + "' is reserved by Lambda; use another name");
        }
        problems.require(
                bytes <= MAX_VARIABLES_BYTES,
                "environmentVariables must be at most " + MAX_VARIABLES_BYTES + " bytes in total, but are " + bytes);
    }

    private static void range(String name, long value, int min, int max, String unit, Problems problems) {
        problems.require(
                value >= min && value <= max,
                name + " (lshell." + name + ") must be " + min + " to " + max + " " + unit + ", but is " + value + " "
                        + unit);
    }
}
