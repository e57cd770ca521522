package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.StackLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.cloudformation.model.DeploymentConfigMode;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/**
 * A stack as CloudFormation describes it.
 *
 * @param name its name, not null
 * @param id its ARN, not null
 * @param status for example {@code UPDATE_COMPLETE}, not null
 * @param express whether its last operation was in express mode
 * @param created time of its creation; null if an emulator does not return it
 * @param terminationProtection whether CloudFormation refuses to delete it
 * @param parameters values by name, not null
 * @param outputs values by name, not null
 * @param tags values by key, not null
 */
record CloudFormationStack(
        String name,
        String id,
        String status,
        boolean express,
        Instant created,
        boolean terminationProtection,
        Map<String, String> parameters,
        Map<String, String> outputs,
        Map<String, String> tags) {
    /** Name of an output of the template. */
    static final String FUNCTION_NAME = "FunctionName";

    static final String BUCKET = "Bucket";
    static final String LOG_GROUP = "LogGroup";

    /** States in which CloudFormation only allows a delete; in the last one also a continued rollback. */
    private static final Set<String> ONLY_DELETABLE =
            Set.of("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED", "UPDATE_ROLLBACK_FAILED");

    public CloudFormationStack {
        Objects.requireNonNull(name);
        Objects.requireNonNull(id);
        Objects.requireNonNull(status);
    }

    static CloudFormationStack of(Stack stack) {
        return new CloudFormationStack(
                stack.stackName(),
                stack.stackId(),
                stack.stackStatusAsString(),
                stack.deploymentConfig() != null && stack.deploymentConfig().mode() == DeploymentConfigMode.EXPRESS,
                stack.creationTime(),
                Boolean.TRUE.equals(stack.enableTerminationProtection()),
                map(stack.parameters(), Parameter::parameterKey, Parameter::parameterValue),
                map(stack.outputs(), Output::outputKey, Output::outputValue),
                map(stack.tags(), Tag::key, Tag::value));
    }

    /** Collects items into a map, without those that have no value, which emulators omit. */
    private static <T> Map<String, String> map(List<T> items, Function<T, String> key, Function<T, String> value) {
        Map<String, String> map = new TreeMap<>();
        items.forEach(item -> map.put(key.apply(item), Objects.requireNonNullElse(value.apply(item), "")));
        return map;
    }

    /** Returns the name of the function; empty if the deploy did not create it. */
    Optional<String> functionName() {
        return Optional.ofNullable(outputs.get(FUNCTION_NAME));
    }

    /** Returns the bucket that the stack owns; empty if the user specified another one. */
    Optional<String> bucket() {
        return Optional.ofNullable(outputs.get(BUCKET));
    }

    /** Returns the log group of the function; empty if the deploy did not create it. */
    Optional<String> logGroup() {
        return Optional.ofNullable(outputs.get(LOG_GROUP));
    }

    /** Returns the stack in the form that all targets share. */
    DeployedStack deployed() {
        Arn arn = Arn.fromString(id);
        return new DeployedStack(
                name,
                new StackLocation(
                        "aws", arn.accountId().orElse(""), arn.region().orElse("")),
                functionName().orElse(""),
                settings(),
                (int) parameters.keySet().stream()
                        .filter(StackTemplate::isVariableParameter)
                        .count(),
                parameters.getOrDefault("CodeKey", ""),
                bucket(),
                StackTags.origin(this));
    }

    private FunctionSettings settings() {
        Optional<String> layers = parameter("Layers");
        return new FunctionSettings(
                parameters.get("Runtime"),
                parameters.get("Architecture"),
                parameter("MemorySize").map(Integer::valueOf).orElse(null),
                parameter("Timeout")
                        .map(Integer::valueOf)
                        .map(Duration::ofSeconds)
                        .orElse(null),
                parameter("EphemeralStorage").map(Integer::valueOf).orElse(null),
                Map.of(),
                layers.map(arns -> arns.isEmpty() ? List.<String>of() : Arrays.asList(arns.split(",")))
                        .orElse(null),
                null,
                null,
                null);
    }

    private Optional<String> parameter(String parameter) {
        return Optional.ofNullable(parameters.get(parameter));
    }

    /** Returns whether the function responds with the last configuration that was deployed successfully. */
    boolean isUsable() {
        return functionName().isPresent() && !isInProgress() && !isOnlyDeletable() && !isUnderReview();
    }

    /** Returns whether the last operation succeeded. */
    boolean isComplete() {
        return status.equals("CREATE_COMPLETE") || status.equals("UPDATE_COMPLETE");
    }

    /** Returns whether an operation is in progress. */
    boolean isInProgress() {
        return status.endsWith("_IN_PROGRESS") && !isUnderReview();
    }

    /** Returns whether the stack's creation is in progress. */
    boolean isBeingCreated() {
        return status.equals("CREATE_IN_PROGRESS");
    }

    /** Returns whether there is no stack yet, only a change set that was never executed. */
    boolean isUnderReview() {
        return status.equals("REVIEW_IN_PROGRESS");
    }

    /** Returns whether CloudFormation allows no update; after a failure in express mode it allows none in another. */
    boolean isOnlyDeletable() {
        return ONLY_DELETABLE.contains(status) || express && status.endsWith("_FAILED");
    }

    boolean isDeleted() {
        return status.equals("DELETE_COMPLETE");
    }
}
