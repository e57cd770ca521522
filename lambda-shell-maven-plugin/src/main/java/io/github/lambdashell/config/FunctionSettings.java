package io.github.lambdashell.config;

import io.github.lambdashell.config.StackConfig.FileSystem;
import io.github.lambdashell.config.StackConfig.FunctionConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is said of a function so far; null where nothing is.
 *
 * @param runtime identifier of a Lambda runtime
 * @param architecture {@code x86_64} or {@code arm64}
 * @param memorySize in MB
 * @param timeout of one invocation
 * @param ephemeralStorage size of /tmp in MB
 * @param environmentVariables of the function
 * @param layers ARNs
 * @param subnetIds of a VPC
 * @param securityGroupIds in the VPC
 * @param fileSystem to mount
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
    /** Nothing is said. */
    public static final FunctionSettings NONE =
            new FunctionSettings(null, null, null, null, null, Map.of(), null, null, null, null);

    /** What a function gets of which nothing else is said. */
    private static final FunctionSettings USUAL = new FunctionSettings(
            null, "x86_64", 512, Duration.ofSeconds(60), 512, Map.of(), List.of(), List.of(), List.of(), null);

    /**
     * These, completed by others. Variables are completed one by one; a VPC is taken as a whole.
     *
     * @param other not null
     */
    public FunctionSettings orElse(FunctionSettings other) {
        boolean hasVpc = subnetIds != null || securityGroupIds != null;
        return new FunctionSettings(
                either(runtime, other.runtime),
                either(architecture, other.architecture),
                either(memorySize, other.memorySize),
                either(timeout, other.timeout),
                either(ephemeralStorage, other.ephemeralStorage),
                variables(other.environmentVariables),
                either(layers, other.layers),
                hasVpc ? subnetIds : other.subnetIds,
                hasVpc ? securityGroupIds : other.securityGroupIds,
                // A file system is reached from the VPC that it is in.
                hasVpc ? fileSystem : either(fileSystem, other.fileSystem));
    }

    private Map<String, String> variables(Map<String, String> others) {
        if (environmentVariables == null || others == null) {
            return either(environmentVariables, others);
        }
        Map<String, String> both = new TreeMap<>(others);
        both.putAll(environmentVariables);
        return both;
    }

    private static <T> T either(T one, T other) {
        return one != null ? one : other;
    }

    /**
     * The function that these describe, with the usual values where nothing is said.
     *
     * @param usualRuntime where none is said, not null
     */
    public FunctionConfig config(String usualRuntime) {
        FunctionSettings all = orElse(USUAL);
        return new FunctionConfig(
                either(all.runtime, usualRuntime),
                all.architecture,
                all.memorySize,
                all.timeout,
                all.ephemeralStorage,
                all.environmentVariables,
                all.layers,
                either(all.subnetIds, List.of()),
                either(all.securityGroupIds, List.of()),
                all.fileSystem);
    }
}
