package io.github.lambdashell.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is deployed.
 *
 * @param stackName the stack's name, not null
 * @param function how its function is set up, not null
 * @param code the project's own package, or null for the shell alone
 * @param tags on every resource beside the plugin's own, not null
 * @param role ARN of the role to use instead of one of the stack's own, or null
 * @param managedPolicies ARNs of policies for the stack's own role, not null
 * @param permissionsBoundary ARN of the boundary of the stack's own role, or null
 * @param codeBucket the bucket for the code instead of one of the stack's own, or null
 * @param kmsKey ARN of the key that encrypts the stack's bucket, log group and environment variables, or null for keys
 *     of AWS's own
 * @param expiresAfter how long the stack is meant to stay; goals name it when it is over, not null
 */
public record StackConfig(
        String stackName,
        FunctionConfig function,
        ProjectCode code,
        Map<String, String> tags,
        String role,
        List<String> managedPolicies,
        String permissionsBoundary,
        String codeBucket,
        String kmsKey,
        Duration expiresAfter) {
    public StackConfig {
        Objects.requireNonNull(stackName);
        Objects.requireNonNull(function);
        Objects.requireNonNull(expiresAfter);
        tags = Map.copyOf(tags);
        managedPolicies = List.copyOf(managedPolicies);
    }

    /** The same under another name. */
    public StackConfig withStackName(String name) {
        return new StackConfig(
                name,
                function,
                code,
                tags,
                role,
                managedPolicies,
                permissionsBoundary,
                codeBucket,
                kmsKey,
                expiresAfter);
    }

    /**
     * How the function is set up; AWS's own ranges are checked by {@link StackRules}.
     *
     * @param runtime identifier of a Lambda runtime, not null
     * @param architecture {@code x86_64} or {@code arm64}, not null
     * @param memorySize in MB
     * @param timeout of one invocation, whole seconds, not null
     * @param ephemeralStorage size of /tmp in MB
     * @param environmentVariables of the function, not null
     * @param layers ARNs, not null
     * @param subnetIds of a VPC, empty for none, not null
     * @param securityGroupIds in the VPC, not null
     * @param fileSystem to mount, or null
     */
    public record FunctionConfig(
            String runtime,
            String architecture,
            int memorySize,
            Duration timeout,
            int ephemeralStorage,
            Map<String, String> environmentVariables,
            List<String> layers,
            List<String> subnetIds,
            List<String> securityGroupIds,
            FileSystem fileSystem) {
        public FunctionConfig {
            Objects.requireNonNull(runtime);
            Objects.requireNonNull(architecture);
            Objects.requireNonNull(timeout);
            environmentVariables = Map.copyOf(environmentVariables);
            layers = List.copyOf(layers);
            subnetIds = List.copyOf(subnetIds);
            securityGroupIds = List.copyOf(securityGroupIds);
        }
    }
    /**
     * A file system of the VPC, and where it is mounted.
     *
     * @param arn of the access point, not null
     * @param path in the sandbox, under /mnt; not null
     */
    public record FileSystem(String arn, String path) {
        public FileSystem {
            Objects.requireNonNull(arn);
            Objects.requireNonNull(path);
        }
    }
}
