package io.github.lambdashell.target.aws;

import io.github.lambdashell.target.code.ExecWrapper;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.LogFormat;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
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
            add("its container image");
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
        if (function.snapStart() != null && function.snapStart().applyOn() == SnapStartApplyOn.PUBLISHED_VERSIONS) {
            add("SnapStart");
        }
        if (function.tracingConfig() != null && function.tracingConfig().mode() == TracingMode.ACTIVE) {
            add("active tracing");
        }
        if (function.loggingConfig() != null && function.loggingConfig().logFormat() == LogFormat.JSON) {
            add("logging as JSON");
        }
        addIf(function.kmsKeyArn(), "its key (kmsKey specifies one) ");
        addIf(function.signingProfileVersionArn(), "code signing by ");
        if (function.fileSystemConfigs().size() > 1) {
            add("all but the first of its " + function.fileSystemConfigs().size() + " file systems");
        }
        if (function.durableConfig() != null) {
            add("durable execution");
        }
        if (function.capacityProviderConfig() != null) {
            add("its capacity provider");
        }
        if (function.tenancyConfig() != null) {
            add("tenant isolation");
        }
        return List.copyOf(clauses);
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
