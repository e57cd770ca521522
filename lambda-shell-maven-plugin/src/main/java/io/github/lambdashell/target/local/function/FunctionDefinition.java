package io.github.lambdashell.target.local.function;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A deployed function. Its values are within Lambda's limits.
 *
 * @param name 1 to 64 letters, digits, {@code -} and {@code _}
 * @param arn without a version
 * @param runtime Lambda's name of it, such as {@code java21}
 * @param handler as the runtime understands it
 * @param memorySizeMb 128 to 10240
 * @param timeoutSeconds 1 to 900
 * @param ephemeralStorageMb 512 to 10240
 * @param architecture {@code x86_64} or {@code arm64}
 * @param environment the function's own variables, not null
 * @param roleArn the execution role's
 * @param layers version ARNs, at most 5, not null
 * @param codeDirectory the unpacked package, an absolute path; shared by functions with the same code, never written to
 * @param codeSha256 of the package, in base64
 * @param codeSize of the package, in bytes
 * @param description empty where there is none
 * @param logGroup name of the log group
 * @param lastModified the time of its creation or last change
 * @param revisionId another one after each change: a sandbox made for another revision is out of date
 * @param tags not null
 */
public record FunctionDefinition(
        String name,
        String arn,
        String runtime,
        String handler,
        int memorySizeMb,
        int timeoutSeconds,
        int ephemeralStorageMb,
        String architecture,
        Map<String, String> environment,
        String roleArn,
        List<String> layers,
        Path codeDirectory,
        String codeSha256,
        long codeSize,
        String description,
        String logGroup,
        Instant lastModified,
        String revisionId,
        Map<String, String> tags) {
    public FunctionDefinition {
        Objects.requireNonNull(name);
        Objects.requireNonNull(arn);
        Objects.requireNonNull(runtime);
        Objects.requireNonNull(handler);
        Objects.requireNonNull(architecture);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(roleArn);
        layers = List.copyOf(layers);
        Objects.requireNonNull(codeDirectory);
        Objects.requireNonNull(codeSha256);
        Objects.requireNonNull(description);
        Objects.requireNonNull(logGroup);
        Objects.requireNonNull(lastModified);
        Objects.requireNonNull(revisionId);
        tags = Map.copyOf(tags);
    }

    /** Returns the same function with its code in another directory. */
    public FunctionDefinition withCode(Path directory) {
        return with(directory, lastModified, revisionId);
    }

    /** Returns the same function as another revision. */
    public FunctionDefinition withRevision(String id, Instant modified) {
        return with(codeDirectory, modified, id);
    }

    private FunctionDefinition with(Path directory, Instant modified, String id) {
        return new FunctionDefinition(
                name,
                arn,
                runtime,
                handler,
                memorySizeMb,
                timeoutSeconds,
                ephemeralStorageMb,
                architecture,
                environment,
                roleArn,
                layers,
                directory,
                codeSha256,
                codeSize,
                description,
                logGroup,
                modified,
                id,
                tags);
    }
}
