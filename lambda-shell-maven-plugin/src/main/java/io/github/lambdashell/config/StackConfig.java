package io.github.lambdashell.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A stack to deploy.
 *
 * @param stackName the stack's name, not null
 * @param function complete settings of its function, see {@link FunctionSettings#complete}, not null
 * @param code the project's own package; null for the shell alone
 * @param tags tags of every resource in addition to the plugin's own, not null
 * @param role ARN of an existing role; null to create one
 * @param managedPolicies ARNs of policies for the created role, not null
 * @param permissionsBoundary ARN of the permissions boundary of the created role; null for none
 * @param codeBucket an existing bucket for the code; null to create one
 * @param kmsKey ARN of the key that encrypts the stack's bucket, log group and environment variables; null for keys
 *     that AWS owns
 * @param expiresAfter time until the stack expires, after which goals warn of it, not null
 * @param selfDestruct whether a stack in an account deletes itself when it has expired
 * @param publish whether a version is published after the deploy and invoked
 * @param snapStart whether published versions start from a snapshot; requires {@code publish}
 * @param qualifier the version or alias that is invoked; with {@code publish}, the alias of the published version; null
 *     for {@code $LATEST}, or for the published version itself
 * @param jsonLog levels of a log in JSON; null for a log in plain text
 */
public record StackConfig(
        String stackName,
        FunctionSettings function,
        ProjectCode code,
        Map<String, String> tags,
        String role,
        List<String> managedPolicies,
        String permissionsBoundary,
        String codeBucket,
        String kmsKey,
        Duration expiresAfter,
        boolean selfDestruct,
        boolean publish,
        boolean snapStart,
        String qualifier,
        JsonLog jsonLog) {
    public StackConfig {
        Objects.requireNonNull(stackName);
        Objects.requireNonNull(function);
        Objects.requireNonNull(expiresAfter);
        tags = Map.copyOf(tags);
        managedPolicies = List.copyOf(managedPolicies);
    }

    /** Returns the same configuration under another name. */
    public StackConfig withStackName(String name) {
        return with(name, function);
    }

    /** Returns the same configuration with another runtime. */
    public StackConfig withRuntime(String runtime) {
        return with(stackName, function.withRuntime(runtime));
    }

    private StackConfig with(String name, FunctionSettings settings) {
        return new StackConfig(
                name,
                settings,
                code,
                tags,
                role,
                managedPolicies,
                permissionsBoundary,
                codeBucket,
                kmsKey,
                expiresAfter,
                selfDestruct,
                publish,
                snapStart,
                qualifier,
                jsonLog);
    }

    /**
     * The levels of a log in JSON.
     *
     * @param application lowest level of the function's own lines, such as {@code INFO}, not null
     * @param system lowest level of Lambda's lines, {@code DEBUG}, {@code INFO} or {@code WARN}, not null
     */
    public record JsonLog(String application, String system) {
        public JsonLog {
            Objects.requireNonNull(application);
            Objects.requireNonNull(system);
        }
    }

    /**
     * A file system of the VPC and its mount point.
     *
     * @param arn ARN of the access point, not null
     * @param path mount point under /mnt, not null
     */
    public record FileSystem(String arn, String path) {
        public FileSystem {
            Objects.requireNonNull(arn);
            Objects.requireNonNull(path);
        }
    }
}
