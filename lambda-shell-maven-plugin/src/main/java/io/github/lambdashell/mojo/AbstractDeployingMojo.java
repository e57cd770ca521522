package io.github.lambdashell.mojo;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.LambdaRuntimes;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.StackConfig.FunctionConfig;
import io.github.lambdashell.config.StackRules;
import io.github.lambdashell.stack.like.LikeFunction;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals take that deploy a stack, be it only where there is none. */
abstract class AbstractDeployingMojo extends AbstractShellMojo {
    /**
     * Name or ARN of an existing function to stand like: its runtime, architecture, memory, timeout, /tmp, layers, VPC,
     * file system and the names of its environment variables are taken where the goal says nothing itself. What can't be
     * copied is listed. That function is only read.
     */
    @Parameter(property = "lshell.like")
    private String like;

    /** Whether that function's environment variables come with their values; without, they are empty. */
    @Parameter(property = "lshell.likeValues", defaultValue = "false")
    private boolean likeValues;

    /** The Lambda runtime; the first that is not older than {@code maven.compiler.release} unless said. */
    @Parameter(property = "lshell.runtime")
    private String runtime;

    /**
     * What stands in /var/task beside the shell: a jar or zip file, or {@code none} for the shell alone. The project's own
     * artifact unless said, once it is built: a jar for a Java runtime, with the runtime dependencies in lib/ unless it
     * is shaded, and a zip for any.
     */
    @Parameter(property = "lshell.codePath")
    private String codePath;

    /** The function's architecture, {@code x86_64} or {@code arm64}; {@code x86_64} unless said. */
    @Parameter(property = "lshell.architecture")
    private String architecture;

    /** The function's memory in MB, 128 to 10240; 512 unless said. */
    @Parameter(property = "lshell.memorySize")
    private Integer memorySize;

    /**
     * The longest time that one invocation may take, {@code 1s} to {@code 15m}, a plain number is seconds; {@code 60s}
     * unless said.
     */
    @Parameter(property = "lshell.timeout")
    private String timeout;

    /** The size of /tmp in MB, 512 to 10240; 512 unless said. */
    @Parameter(property = "lshell.ephemeralStorage")
    private Integer ephemeralStorage;

    /** The function's environment variables. */
    @Parameter
    private Map<String, String> environmentVariables;

    /** ARNs of layers, five at most. */
    @Parameter(property = "lshell.layers")
    private List<String> layers;

    /**
     * What stands for layers with {@code target=local}: by the layer's name, as it is in its ARN, a folder or a zip file
     * with what /opt should hold of it.
     */
    @Parameter
    private Map<String, String> localLayers;

    /** Subnets of a VPC to run in. */
    @Parameter(property = "lshell.subnetIds")
    private List<String> subnetIds;

    /** Security groups in that VPC. */
    @Parameter(property = "lshell.securityGroupIds")
    private List<String> securityGroupIds;

    /** Tags for the stack and everything in it, beside the plugin's own. */
    @Parameter
    private Map<String, String> tags;

    /** ARN of the role to run under; the stack makes its own unless said. */
    @Parameter(property = "lshell.role")
    private String role;

    /** ARNs of policies for the stack's own role, beside the right to write its log. */
    @Parameter(property = "lshell.managedPolicies")
    private List<String> managedPolicies;

    /** ARN of a permissions boundary for the stack's own role. */
    @Parameter(property = "lshell.permissionsBoundary")
    private String permissionsBoundary;

    /** An existing bucket for the code; the stack makes its own unless said. */
    @Parameter(property = "lshell.codeBucket")
    private String codeBucket;

    /** ARN of the KMS key that encrypts the stack's bucket, log group and environment variables; AWS's own unless said. */
    @Parameter(property = "lshell.kmsKey")
    private String kmsKey;

    /** After which time goals name the stack as one to be removed, for example {@code 8h} or {@code 7d}. */
    @Parameter(property = "lshell.expiresAfter", defaultValue = "1d")
    private String expiresAfter;

    @Inject
    private ProjectArtifact projectArtifact;

    /** A stack that is known as soon as AWS can be asked. */
    interface StackPlan {
        /** @throws ShellException when the function that it is to be like can't be copied */
        StackConfig config(AwsClients clients);
    }

    /** The stack to deploy; what is wrong with it is noted. */
    final StackPlan stackPlan(Problems problems) {
        FunctionSettings said = settings(problems);
        if (like == null) {
            problems.require(
                    !likeValues, "likeValues (lshell.likeValues) is set, but like (lshell.like) names nothing");
            StackConfig config = stackConfig(said, problems);
            return clients -> config;
        }
        // What the other function has is not known yet; the rest need not wait for it.
        StackRules.check(stackConfig(said.config(LambdaRuntimes.DEFAULT), null, problems), problems);
        return clients -> {
            Problems together = new Problems();
            FunctionSettings copied = new LikeFunction(like, likeValues).settings(clients, runtime != null, progress());
            StackConfig config = stackConfig(said.orElse(copied), together);
            together.throwIfAny();
            return config;
        };
    }

    /** What this build says of the function itself, whose problems the plan has noted. */
    final FunctionSettings said() {
        return settings(new Problems());
    }

    private FunctionSettings settings(Problems problems) {
        return new FunctionSettings(
                runtime,
                architecture,
                memorySize,
                timeout == null
                        ? null
                        : duration("timeout", timeout.matches("\\d+") ? timeout + "s" : timeout, problems),
                ephemeralStorage,
                withValues("environmentVariables", environmentVariables, problems),
                layers,
                subnetIds,
                securityGroupIds,
                null);
    }

    private StackConfig stackConfig(FunctionSettings settings, Problems problems) {
        FunctionConfig function = settings.config(settings.runtime() != null ? settings.runtime() : usualRuntime());
        ProjectCode code = projectArtifact.find(codePath, function.runtime(), session());
        StackConfig config = stackConfig(function, code, problems);
        StackRules.check(config, problems);
        StackRules.checkLocalLayers(localLayers(new Problems()).keySet(), function, problems);
        return config;
    }

    private StackConfig stackConfig(FunctionConfig function, ProjectCode code, Problems problems) {
        return new StackConfig(
                stackName(),
                function,
                code,
                withValues("tags", tags, problems),
                role,
                orEmpty(managedPolicies),
                permissionsBoundary,
                codeBucket,
                kmsKey,
                duration("expiresAfter", expiresAfter, problems));
    }

    private String usualRuntime() {
        Properties properties = session().getCurrentProject().getProperties();
        return LambdaRuntimes.forRelease(
                properties.getProperty("maven.compiler.release", properties.getProperty("maven.compiler.target")));
    }

    @Override
    final Map<String, Path> localLayers(Problems problems) {
        File directory = session().getCurrentProject().getBasedir();
        Path base = Path.of(directory == null ? "" : directory.getPath());
        Map<String, Path> layers = new TreeMap<>();
        withValues("localLayers", localLayers, problems).forEach((name, path) -> layers.put(name, base.resolve(path)));
        return layers;
    }

    /** Maven hands an empty element, and one whose {@code ${property}} is undefined, on as null. */
    private static Map<String, String> withValues(String name, Map<String, String> map, Problems problems) {
        if (map == null) {
            return Map.of();
        }
        map.forEach((key, value) -> problems.require(
                value != null,
                name + " holds " + key + " without a value; if it comes from a property, the property is not set"));
        map.values().removeIf(Objects::isNull);
        return map;
    }

    private static List<String> orEmpty(List<String> list) {
        return list == null ? List.of() : list;
    }
}
