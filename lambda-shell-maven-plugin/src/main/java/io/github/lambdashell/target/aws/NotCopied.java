package io.github.lambdashell.target.aws;

import io.github.lambdashell.target.code.ExecWrapper;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.lambda.model.CapacityProviderConfig;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.FileSystemConfig;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.TracingMode;

/** Settings of a function that are not copied to the stack's function, each as a clause. */
final class NotCopied {
    private final GetFunctionResponse answer;
    private final FunctionConfiguration function;
    private final List<String> clauses = new ArrayList<>();

    NotCopied(GetFunctionResponse answer) {
        this.answer = answer;
        this.function = answer.configuration();
    }

    List<String> list() {
        if (function.packageType() == PackageType.IMAGE) {
            add("its container image, because the shell is deployed as a zip file with a runtime");
        } else {
            add("its code and the handler " + function.handler() + " (codePath specifies what /var/task holds)");
        }
        add("its role " + function.role() + " (role specifies another one)");
        variables();
        if (answer.concurrency() != null && answer.concurrency().reservedConcurrentExecutions() != null) {
            add("its reserved concurrency of " + answer.concurrency().reservedConcurrentExecutions());
        }
        if (function.deadLetterConfig() != null) {
            addIf(function.deadLetterConfig().targetArn(), "its dead-letter queue ");
        }
        if (function.tracingConfig() != null && function.tracingConfig().mode() == TracingMode.ACTIVE) {
            add("active tracing");
        }
        addIf(function.kmsKeyArn(), "its key (kmsKey specifies one) ");
        addIf(function.signingProfileVersionArn(), "code signing by ");
        fileSystems();
        if (function.durableConfig() != null) {
            add("durable execution of up to " + function.durableConfig().executionTimeout()
                    + " s, because a command is a single invocation, which records no steps");
        }
        CapacityProviderConfig capacity = function.capacityProviderConfig();
        if (capacity != null && capacity.lambdaManagedInstancesCapacityProviderConfig() != null) {
            add("its capacity provider "
                    + capacity.lambdaManagedInstancesCapacityProviderConfig().capacityProviderArn()
                    + ", because an environment there runs several invocations at once, and the shell runs one");
        }
        if (function.tenancyConfig() != null) {
            add("tenant isolation (" + function.tenancyConfig().tenantIsolationModeAsString()
                    + "), because every invocation would need a tenant's ID");
        }
        return List.copyOf(clauses);
    }

    private void fileSystems() {
        List<FileSystemConfig> mounted = function.fileSystemConfigs();
        mounted.stream()
                .filter(fileSystem -> !FunctionToCopy.isCopied(fileSystem))
                .forEach(other ->
                        add("its file system " + other.arn() + ", because the stack's role can mount EFS only"));
        long copied = mounted.stream().filter(FunctionToCopy::isCopied).count();
        if (copied > 1) {
            add("all but the first of its " + copied + " file systems");
        }
    }

    private void variables() {
        EnvironmentResponse environment = function.environment();
        if (environment == null) {
            return;
        }
        if (environment.error() != null) {
            add("its environment variables, which AWS could not read: "
                    + environment.error().message());
            return;
        }
        if (ExecWrapper.own(environment.variables()).containsKey(ExecWrapper.VARIABLE)
                && !FunctionToCopy.hasHandler(function)) {
            add(ExecWrapper.VARIABLE + ", which is for the handler of a Java runtime");
        }
    }

    private void add(String clause) {
        clauses.add(clause);
    }

    private void addIf(String value, String clause) {
        if (value != null && !value.isEmpty()) {
            add(clause + value);
        }
    }
}
