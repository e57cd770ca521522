package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.RuntimeFamily;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig.FileSystem;
import io.github.lambdashell.config.StackConfig.JsonLog;
import io.github.lambdashell.target.ExistingFunction;
import io.github.lambdashell.target.code.ExecWrapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.FileSystemConfig;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.Layer;
import software.amazon.awssdk.services.lambda.model.LogFormat;
import software.amazon.awssdk.services.lambda.model.LoggingConfig;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;

/**
 * A function whose settings are copied, read with GetFunction, which requires the permission {@code lambda:GetFunction}
 * and changes nothing.
 */
final class FunctionToCopy {
    private FunctionToCopy() {}

    /**
     * Reads a function.
     *
     * @param nameOrArn name or ARN, optionally with a version or an alias, not null
     * @throws ShellException if there is none, or the user has no permission to read it
     */
    static ExistingFunction read(AwsClients clients, String nameOrArn) {
        requireRegion(nameOrArn, clients.region());
        GetFunctionResponse response;
        try {
            response = clients.functions().getFunction(request -> request.functionName(nameOrArn));
        } catch (ResourceNotFoundException e) {
            throw new ShellException(
                    "There is no function " + nameOrArn + " on aws in " + clients.region(),
                    "Check like (lshell.like), the region (lshell.region) and the account",
                    e);
        } catch (SdkException e) {
            throw AwsFailure.of(e, "read the function " + nameOrArn + ", whose settings are to be copied");
        }
        FunctionConfiguration function = response.configuration();
        return new ExistingFunction(
                function.functionArn(),
                function.packageType() == PackageType.IMAGE,
                settings(function),
                hasSnapStart(function),
                qualifier(function),
                jsonLog(function),
                new NotCopied(response).list());
    }

    /**
     * Refuses a function of another region: layers, subnets and file systems belong to one region and can't be copied
     * to another.
     */
    private static void requireRegion(String nameOrArn, String region) {
        String[] parts = nameOrArn.split(":");
        if (parts[0].equals("arn") && parts.length > 3 && !parts[3].equals(region)) {
            throw new ShellException(
                    "The function " + nameOrArn + " is in " + parts[3] + ", but the stack is deployed to " + region
                            + ", where its layers and its network don't exist",
                    "Deploy to the same region with -Dlshell.region=" + parts[3]);
        }
    }

    private static FunctionSettings settings(FunctionConfiguration function) {
        return new FunctionSettings(
                function.runtimeAsString(),
                function.architecturesAsStrings().stream().findFirst().orElse("x86_64"),
                function.memorySize(),
                Duration.ofSeconds(function.timeout()),
                function.ephemeralStorage() == null
                        ? null
                        : function.ephemeralStorage().size(),
                variables(function),
                function.layers().stream().map(Layer::arn).toList(),
                function.vpcConfig() == null ? List.of() : function.vpcConfig().subnetIds(),
                function.vpcConfig() == null ? List.of() : function.vpcConfig().securityGroupIds(),
                function.fileSystemConfigs().stream()
                        .filter(FunctionToCopy::isCopied)
                        .findFirst()
                        .map(mounted -> new FileSystem(mounted.arn(), mounted.localMountPath()))
                        .orElse(null));
    }

    private static Map<String, String> variables(FunctionConfiguration function) {
        if (function.environment() == null || !function.environment().hasVariables()) {
            return Map.of();
        }
        Map<String, String> variables = ExecWrapper.own(function.environment().variables());
        if (!hasHandler(function)) {
            variables.remove(ExecWrapper.VARIABLE);
        }
        return variables;
    }

    /** Returns the version or the alias in a function's ARN; empty for {@code $LATEST} or none. */
    private static Optional<String> qualifier(FunctionConfiguration function) {
        String[] arn = function.functionArn().split(":");
        return arn.length > 7 && !arn[7].startsWith("$LATEST") ? Optional.of(arn[7]) : Optional.empty();
    }

    /** Returns the levels of a log in JSON; Lambda has defaults, which an emulator may lack. */
    private static Optional<JsonLog> jsonLog(FunctionConfiguration function) {
        LoggingConfig logging = function.loggingConfig();
        return logging == null || logging.logFormat() != LogFormat.JSON
                ? Optional.empty()
                : Optional.of(new JsonLog(
                        Objects.requireNonNullElse(logging.applicationLogLevelAsString(), "INFO"),
                        Objects.requireNonNullElse(logging.systemLogLevelAsString(), "INFO")));
    }

    private static boolean hasSnapStart(FunctionConfiguration function) {
        return function.snapStart() != null && function.snapStart().applyOn() == SnapStartApplyOn.PUBLISHED_VERSIONS;
    }

    /** Returns whether the stack's function can mount a file system: one of EFS, not of S3. */
    static boolean isCopied(FileSystemConfig fileSystem) {
        return fileSystem.arn().contains(":elasticfilesystem:");
    }

    /** Returns whether the shell can run a handler in this function's runtime, which a wrapper script is for. */
    static boolean hasHandler(FunctionConfiguration function) {
        return function.runtimeAsString() != null && RuntimeFamily.of(function.runtimeAsString()) == RuntimeFamily.JAVA;
    }
}
