package io.github.lambdashell.config;

import io.github.lambdashell.config.StackConfig.FileSystem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of a function; a setting that is not configured is null. {@link StackRules} checks AWS's ranges.
 *
 * @param runtime identifier of a Lambda runtime
 * @param architecture {@code x86_64} or {@code arm64}
 * @param memorySize memory in MB
 * @param timeout timeout of one invocation, a number of full seconds
 * @param ephemeralStorage size of /tmp in MB
 * @param environmentVariables values by name, never null
 * @param layers ARNs of layer versions
 * @param subnetIds subnets of a VPC, empty for none
 * @param securityGroupIds security groups in the VPC
 * @param fileSystem file system to mount
 */
public record FunctionSettings(
        String runtime,
        String architecture,
        Integer memorySize,
        Duration timeout,
        Integer ephemeralStorage,
        Map<String, String> environmentVariables,
        List<String> layers,
        List<String> subnetIds,
        List<String> securityGroupIds,
        FileSystem fileSystem) {
    /** Settings without any value. */
    public static final FunctionSettings NONE =
            new FunctionSettings(null, null, null, null, null, Map.of(), null, null, null, null);

    private static final FunctionSettings DEFAULTS = new FunctionSettings(
            null, "x86_64", 512, Duration.ofSeconds(60), 512, Map.of(), List.of(), List.of(), List.of(), null);

    public FunctionSettings {
        environmentVariables = Map.copyOf(environmentVariables);
    }

    /**
     * Returns these settings, completed by another's where one is null. Variables are merged by name. The VPC is taken
     * from one of the two as a unit, together with the file system, which is reached from there.
     *
     * @param other not null
     */
    public FunctionSettings orElse(FunctionSettings other) {
        boolean hasVpc = subnetIds != null || securityGroupIds != null;
        Map<String, String> variables = new TreeMap<>(other.environmentVariables);
        variables.putAll(environmentVariables);
        return new FunctionSettings(
                either(runtime, other.runtime),
                either(architecture, other.architecture),
                either(memorySize, other.memorySize),
                either(timeout, other.timeout),
                either(ephemeralStorage, other.ephemeralStorage),
                variables,
                either(layers, other.layers),
                hasVpc ? subnetIds : other.subnetIds,
                hasVpc ? securityGroupIds : other.securityGroupIds,
                hasVpc ? fileSystem : either(fileSystem, other.fileSystem));
    }

    private static <T> T either(T one, T other) {
        return one != null ? one : other;
    }

    /**
     * Returns these settings, completed by the defaults where one is null; only the file system may remain null.
     *
     * @param defaultRuntime used if no runtime is configured, not null
     */
    public FunctionSettings complete(String defaultRuntime) {
        FunctionSettings all = orElse(DEFAULTS);
        return new FunctionSettings(
                either(all.runtime, defaultRuntime),
                all.architecture,
                all.memorySize,
                all.timeout,
                all.ephemeralStorage,
                all.environmentVariables,
                List.copyOf(all.layers),
                List.copyOf(either(all.subnetIds, List.of())),
                List.copyOf(either(all.securityGroupIds, List.of())),
                all.fileSystem);
    }

    /** Returns a copy with another runtime. */
    public FunctionSettings withRuntime(String other) {
        return new FunctionSettings(
                other,
                architecture,
                memorySize,
                timeout,
                ephemeralStorage,
                environmentVariables,
                layers,
                subnetIds,
                securityGroupIds,
                fileSystem);
    }

    /** Returns a copy with other variables. */
    public FunctionSettings withVariables(Map<String, String> variables) {
        return new FunctionSettings(
                runtime,
                architecture,
                memorySize,
                timeout,
                ephemeralStorage,
                variables,
                layers,
                subnetIds,
                securityGroupIds,
                fileSystem);
    }
}
