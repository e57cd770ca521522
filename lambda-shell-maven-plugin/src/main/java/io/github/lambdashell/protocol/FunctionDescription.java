package io.github.lambdashell.protocol;

import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;

/**
 * A function as Lambda describes it.
 *
 * @param runtime identifier of its runtime, not null
 * @param runtimeVersionArn of the runtime's version that it runs on; empty where the endpoint doesn't say
 * @param memorySize in MB
 * @param timeoutSeconds of one invocation
 * @param architecture {@code x86_64} or {@code arm64}, not null
 * @param role ARN of the role that it runs under, not null
 */
public record FunctionDescription(
        String runtime,
        Optional<String> runtimeVersionArn,
        int memorySize,
        int timeoutSeconds,
        String architecture,
        String role) {
    static FunctionDescription of(GetFunctionConfigurationResponse response) {
        return new FunctionDescription(
                response.runtimeAsString(),
                Optional.ofNullable(response.runtimeVersionConfig()).map(version -> version.runtimeVersionArn()),
                response.memorySize(),
                response.timeout(),
                response.architecturesAsStrings().stream().findFirst().orElse("x86_64"),
                response.role());
    }
}
