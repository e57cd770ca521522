package io.github.lambdashell.target.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
    private final Set<String> shellVariables;
    private final List<String> clauses = new ArrayList<>();

    NotCopied(GetFunctionResponse answer, Set<String> shellVariables) {
        this.answer = answer;
        this.function = answer.configuration();
        this.shellVariables = shellVariables;
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
        Set<String> ours = new TreeSet<>(environment.variables().keySet());
        ours.retainAll(shellVariables);
        ours.forEach(name -> add(name + ", by which the shell starts"));
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
