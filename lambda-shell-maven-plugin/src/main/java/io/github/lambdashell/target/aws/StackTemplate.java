package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.RuntimeFamily;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.StackConfig.FileSystem;
import io.github.lambdashell.config.StackConfig.JsonLog;
import io.github.lambdashell.target.code.ExecWrapper;
import io.github.lambdashell.target.code.FunctionPackage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Parameter;

/**
 * A stack's template and its parameters. There are two templates: one for code in a bucket, and one of a Node.js
 * function with inline code, which needs no bucket and no second step. A test generates the second one from the first
 * one and the function's script.
 *
 * <p>A template is sent unchanged unless the function has environment variables of its own. Each of these adds a NoEcho
 * parameter, because no parameter type holds a map and a value may be a secret.
 */
final class StackTemplate {
    private static final String PARAMETERS = "\nParameters:\n";
    private static final String VARIABLES = "        Variables:\n";
    private static final String NO_VARIABLES = "        Variables: {}\n";

    static final String AWAIT_CODE = "AwaitCode";

    private static final String VARIABLE_PARAMETER = "EnvironmentVariable";

    /**
     * The size limit of {@code TemplateBody}, in bytes.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html">
     *     CloudFormation quotas</a>
     */
    private static final int MAX_BYTES = 51_200;

    private StackTemplate() {}

    /**
     * Requires that the template is within CloudFormation's size limit.
     *
     * @throws ShellException if the environment variables make it too long
     */
    static void requireFits(StackConfig config) {
        int bytes = text(config, Instant.now()).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new ShellException(
                    "The template of the stack " + config.stackName() + " has " + bytes
                            + " bytes with the parameters of "
                            + config.function().environmentVariables().size()
                            + " 'environmentVariables', but CloudFormation takes " + MAX_BYTES,
                    isInline(config)
                            ? "Set 'codeBucket', so that the Node.js code is not in the template, or another 'runtime',"
                                    + " or fewer variables"
                            : "Set fewer variables");
        }
    }

    /** Returns whether the code is in the template itself. */
    static boolean isInline(StackConfig config) {
        return RuntimeFamily.of(config.function().runtime()) == RuntimeFamily.NODEJS
                && config.code() == null
                && config.function().fileSystem() == null
                && config.codeBucket() == null;
    }

    /**
     * Returns the template of a stack, with the schedule of its deletion if it is to have one.
     *
     * @param expires time of the stack's expiry, not null
     */
    static String text(StackConfig config, Instant expires) {
        return SelfDestruct.addedTo(text(config), config, expires);
    }

    static String text(StackConfig config) {
        StringBuilder parameters = new StringBuilder(PARAMETERS);
        StringBuilder variables = new StringBuilder(VARIABLES);
        int number = 0;
        for (String name : ExecWrapper.deployed(config.function()).keySet()) {
            String parameter = variableParameter(++number);
            parameters
                    .append("  ")
                    .append(parameter)
                    .append(":\n    Type: String\n    NoEcho: true\n    Description: The value of ")
                    .append(name)
                    .append(".\n");
            variables
                    .append("          ")
                    .append(name)
                    .append(": !Ref ")
                    .append(parameter)
                    .append('\n');
        }
        String template = read(isInline(config) ? "template-node.yaml" : "template.yaml");
        return number == 0
                ? template
                : template.replace(NO_VARIABLES, VARIABLES)
                        .replace(PARAMETERS, parameters)
                        .replace(VARIABLES, variables);
    }

    /**
     * Returns the values of the template's parameters.
     *
     * @param codeKey key of the code; empty for a stack without the function, not null
     * @param awaitCode {@code true} if the creation waits for the code; otherwise empty
     */
    static List<Parameter> parameters(StackConfig config, FunctionPackage code, String codeKey, String awaitCode) {
        FunctionSettings function = config.function();
        Optional<JsonLog> jsonLog = Optional.ofNullable(config.jsonLog());
        List<Parameter> parameters = new ArrayList<>(List.of(
                parameter("Runtime", function.runtime()),
                parameter("Architecture", function.architecture()),
                parameter("MemorySize", String.valueOf(function.memorySize())),
                parameter("Timeout", String.valueOf(function.timeout().toSeconds())),
                parameter("EphemeralStorage", String.valueOf(function.ephemeralStorage())),
                parameter("Layers", String.join(",", function.layers())),
                parameter("SubnetIds", String.join(",", function.subnetIds())),
                parameter("SecurityGroupIds", String.join(",", function.securityGroupIds())),
                parameter("Role", orEmpty(config.role())),
                parameter("ManagedPolicies", String.join(",", config.managedPolicies())),
                parameter("PermissionsBoundary", orEmpty(config.permissionsBoundary())),
                parameter("KmsKey", orEmpty(config.kmsKey())),
                parameter(
                        "ApplicationLogLevel", jsonLog.map(JsonLog::application).orElse("")),
                parameter("SystemLogLevel", jsonLog.map(JsonLog::system).orElse("INFO"))));
        if (!isInline(config)) {
            Optional<FileSystem> fileSystem = Optional.ofNullable(function.fileSystem());
            parameters.addAll(List.of(
                    parameter("CodeBucket", orEmpty(config.codeBucket())),
                    parameter("CodeKey", codeKey),
                    parameter(AWAIT_CODE, awaitCode),
                    parameter("Handler", code.handler()),
                    parameter("ExecWrapper", code.execWrapper()),
                    parameter("SnapStart", config.snapStart() ? "PublishedVersions" : ""),
                    parameter("FileSystem", fileSystem.map(FileSystem::arn).orElse("")),
                    parameter("FileSystemPath", fileSystem.map(FileSystem::path).orElse(""))));
        }
        int number = 0;
        for (String value : ExecWrapper.deployed(function).values()) {
            parameters.add(parameter(variableParameter(++number), value));
        }
        return parameters;
    }

    private static String variableParameter(int number) {
        return VARIABLE_PARAMETER + number;
    }

    /** Returns whether a parameter of the template holds one of the function's own environment variables. */
    static boolean isVariableParameter(String name) {
        return name.startsWith(VARIABLE_PARAMETER);
    }

    private static Parameter parameter(String key, String value) {
        return Parameter.builder().parameterKey(key).parameterValue(value).build();
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }

    /** Returns a text of the plugin. */
    static String read(String resource) {
        try (InputStream in = StackTemplate.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the plugin's own template", e);
        }
    }
}
