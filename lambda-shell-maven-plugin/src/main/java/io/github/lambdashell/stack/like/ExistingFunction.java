package io.github.lambdashell.stack.like;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.aws.AwsFailure;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig.FileSystem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.Layer;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * A function as AWS describes it. Read with GetFunction, which needs the permission {@code lambda:GetFunction} and
 * changes nothing.
 */
public final class ExistingFunction {
    /** The shell starts by it. */
    private static final Set<String> SHELLS_OWN_VARIABLES = Set.of("AWS_LAMBDA_EXEC_WRAPPER");

    private final GetFunctionResponse answer;
    private final FunctionConfiguration function;

    private ExistingFunction(GetFunctionResponse answer) {
        this.answer = answer;
        this.function = answer.configuration();
    }

    /**
     * Reads one.
     *
     * @param nameOrArn also with a version or an alias
     * @throws ShellException when there is none, or it may not be read
     */
    public static ExistingFunction read(AwsClients clients, String nameOrArn) {
        requireRegion(nameOrArn, clients);
        try {
            return new ExistingFunction(clients.functions().getFunction(request -> request.functionName(nameOrArn)));
        } catch (ResourceNotFoundException e) {
            throw new ShellException(
                    "There is no function " + nameOrArn + " on "
                            + clients.target().name() + " in " + clients.region(),
                    "Check like (lshell.like), and the region (lshell.region) and the account that it is in",
                    e);
        } catch (SdkException e) {
            throw AwsFailure.of(e, "read the function " + nameOrArn + ", which the stack is to be like");
        }
    }

    /** Layers, subnets and file systems are of one region, so a function of another has nothing to copy. */
    private static void requireRegion(String nameOrArn, AwsClients clients) {
        String[] parts = nameOrArn.split(":");
        if (!clients.target().isLocal() && parts[0].equals("arn") && parts.length > 3) {
            String region = parts[3];
            if (!region.equals(clients.region())) {
                throw new ShellException(
                        "The function " + nameOrArn + " is in " + region + ", but the stack goes to " + clients.region()
                                + ", where its layers and its network are not",
                        "Deploy to the same region with -Dlshell.region=" + region);
            }
        }
    }

    /**
     * What can be copied.
     *
     * @param values whether variables keep their values; without, they are empty
     */
    public FunctionSettings settings(boolean values) {
        return new FunctionSettings(
                function.runtimeAsString(),
                function.architecturesAsStrings().stream().findFirst().orElse("x86_64"),
                function.memorySize(),
                Duration.ofSeconds(function.timeout()),
                function.ephemeralStorage() == null
                        ? null
                        : function.ephemeralStorage().size(),
                variables(values),
                function.layers().stream().map(Layer::arn).toList(),
                function.vpcConfig() == null ? List.of() : function.vpcConfig().subnetIds(),
                function.vpcConfig() == null ? List.of() : function.vpcConfig().securityGroupIds(),
                function.fileSystemConfigs().stream()
                        .findFirst()
                        .map(mounted -> new FileSystem(mounted.arn(), mounted.localMountPath()))
                        .orElse(null));
    }

    private Map<String, String> variables(boolean values) {
        EnvironmentResponse environment = function.environment();
        if (environment == null || !environment.hasVariables()) {
            return Map.of();
        }
        Map<String, String> variables = new TreeMap<>(environment.variables());
        variables.keySet().removeAll(SHELLS_OWN_VARIABLES);
        if (!values) {
            variables.replaceAll((name, value) -> "");
        }
        return variables;
    }

    /** Whether it is a container image, which names no runtime. */
    public boolean isImage() {
        return function.packageType() == PackageType.IMAGE;
    }

    /** Its ARN, for messages. */
    public String arn() {
        return function.functionArn();
    }

    /**
     * What it has and the stack's function does not get, each as a clause.
     *
     * @param values whether the values of variables are copied
     */
    public List<String> notCopied(boolean values) {
        return new NotCopied(answer, SHELLS_OWN_VARIABLES).list(values);
    }
}
