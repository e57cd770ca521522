package io.github.lambdashell.target;

import java.util.Optional;

/**
 * The configuration of a function, as Lambda's GetFunctionConfiguration returns it.
 *
 * @param runtime identifier of the runtime, not null
 * @param runtimeVersionArn ARN of the runtime's version; empty if the endpoint does not return it
 * @param memorySize memory in MB
 * @param timeoutSeconds timeout of one invocation in seconds
 * @param architecture {@code x86_64} or {@code arm64}, not null
 * @param role ARN of the execution role, not null
 */
public record FunctionDescription(
        String runtime,
        Optional<String> runtimeVersionArn,
        int memorySize,
        int timeoutSeconds,
        String architecture,
        String role) {}
