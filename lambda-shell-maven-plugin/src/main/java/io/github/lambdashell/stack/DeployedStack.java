package io.github.lambdashell.stack;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * A stack as CloudFormation describes it.
 *
 * @param name its name, not null
 * @param id its ARN, not null
 * @param status CloudFormation's, for example {@code UPDATE_COMPLETE}, not null
 * @param parameters by name, not null
 * @param outputs by name, not null
 * @param tags by key, not null
 */
public record DeployedStack(
        String name,
        String id,
        String status,
        Map<String, String> parameters,
        Map<String, String> outputs,
        Map<String, String> tags) {
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
                stack.parameters().stream()
                        .collect(Collectors.toMap(Parameter::parameterKey, Parameter::parameterValue)),
                stack.outputs().stream().collect(Collectors.toMap(Output::outputKey, Output::outputValue)),
                stack.tags().stream().collect(Collectors.toMap(tag -> tag.key(), tag -> tag.value())));
    }

    /** The function's name; empty when the deploy did not get that far. */
    public Optional<String> functionName() {
        return Optional.ofNullable(outputs.get("FunctionName"));
    }

    /** The bucket that the stack owns; empty when the user named another one. */
    public Optional<String> bucket() {
        return Optional.ofNullable(outputs.get("Bucket"));
    }

    /** Whether the function answers with the stack's latest configuration. */
    public boolean isUsable() {
        return functionName().isPresent() && (isComplete() || status.equals("UPDATE_ROLLBACK_COMPLETE"));
    }

    /** Whether the last operation succeeded. */
    boolean isComplete() {
        return status.equals("CREATE_COMPLETE") || status.equals("UPDATE_COMPLETE");
    }
}
