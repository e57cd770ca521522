package io.github.lambdashell.stack;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/**
 * A stack as CloudFormation describes it.
 *
 * @param name its name, not null
 * @param id its ARN, not null
 * @param status CloudFormation's, for example {@code UPDATE_COMPLETE}, not null
 * @param created when it was made; null where an emulator doesn't say
 * @param terminationProtection whether CloudFormation refuses to delete it
 * @param parameters by name, not null
 * @param outputs by name, not null
 * @param tags by key, not null
 */
public record DeployedStack(
        String name,
        String id,
        String status,
        Instant created,
        boolean terminationProtection,
        Map<String, String> parameters,
        Map<String, String> outputs,
        Map<String, String> tags) {
    /** Outputs of the template. */
    static final String FUNCTION_NAME = "FunctionName";

    static final String BUCKET = "Bucket";

    /** From these CloudFormation allows nothing but a delete; from the last also to go on with a rollback. */
    private static final Set<String> ONLY_DELETABLE =
            Set.of("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED", "UPDATE_ROLLBACK_FAILED");

    public DeployedStack {
        Objects.requireNonNull(name);
        Objects.requireNonNull(id);
        Objects.requireNonNull(status);
    }

    static DeployedStack of(Stack stack) {
        return new DeployedStack(
                stack.stackName(),
                stack.stackId(),
                stack.stackStatusAsString(),
                stack.creationTime(),
                Boolean.TRUE.equals(stack.enableTerminationProtection()),
                map(stack.parameters(), Parameter::parameterKey, Parameter::parameterValue),
                map(stack.outputs(), Output::outputKey, Output::outputValue),
                map(stack.tags(), Tag::key, Tag::value));
    }

    /** Emulators leave values out. */
    private static <T> Map<String, String> map(List<T> items, Function<T, String> key, Function<T, String> value) {
        Map<String, String> map = new TreeMap<>();
        items.forEach(item -> map.put(key.apply(item), Objects.requireNonNullElse(value.apply(item), "")));
        return map;
    }

    /** The function's name; empty when the deploy did not get that far. */
    public Optional<String> functionName() {
        return Optional.ofNullable(outputs.get(FUNCTION_NAME));
    }

    /** The bucket that the stack owns; empty when the user named another one. */
    public Optional<String> bucket() {
        return Optional.ofNullable(outputs.get(BUCKET));
    }

    /** Whether the function answers with the stack's latest good configuration. */
    public boolean isUsable() {
        return functionName().isPresent() && !isInProgress() && !isOnlyDeletable() && !isUnderReview();
    }

    /** Whether the last operation succeeded. */
    boolean isComplete() {
        return status.equals("CREATE_COMPLETE") || status.equals("UPDATE_COMPLETE");
    }

    /** Whether an operation is under way. */
    boolean isInProgress() {
        return status.endsWith("_IN_PROGRESS") && !isUnderReview();
    }

    /** Whether it is under way for the first time. */
    boolean isBeingCreated() {
        return status.equals("CREATE_IN_PROGRESS");
    }

    /** Whether there is no stack yet, only a change set that nobody ran. */
    boolean isUnderReview() {
        return status.equals("REVIEW_IN_PROGRESS");
    }

    boolean isOnlyDeletable() {
        return ONLY_DELETABLE.contains(status);
    }

    boolean isDeleted() {
        return status.equals("DELETE_COMPLETE");
    }
}
