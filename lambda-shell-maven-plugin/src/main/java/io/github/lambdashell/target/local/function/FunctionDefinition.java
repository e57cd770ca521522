package io.github.lambdashell.target.local.function;

import io.github.lambdashell.config.FunctionSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A deployed function. Its values are within Lambda's limits; none is null.
 *
 * @param name 1 to 64 letters, digits, {@code -} and {@code _}
 * @param arn ARN without a version
 * @param settings complete; their environment variables are all that the function gets besides Lambda's own
 * @param handler handler in the runtime's form
 * @param roleArn ARN of the execution role
 * @param codeDirectory absolute path of the unpacked package; shared by functions with the same code, never written to
 * @param codeSha256 SHA-256 of the package in base64
 * @param codeSize size of the package in bytes
 * @param description empty if there is none
 * @param logGroup name of the log group
 * @param lastModified time of its creation or last change
 * @param revisionId changed by each update: a sandbox of another revision is outdated
 * @param tags values by key
 */
public record FunctionDefinition(
        String name,
        String arn,
        FunctionSettings settings,
        String handler,
        String roleArn,
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
        Objects.requireNonNull(settings);
        Objects.requireNonNull(handler);
        Objects.requireNonNull(roleArn);
        Objects.requireNonNull(codeDirectory);
        Objects.requireNonNull(codeSha256);
        Objects.requireNonNull(description);
        Objects.requireNonNull(logGroup);
        Objects.requireNonNull(lastModified);
        Objects.requireNonNull(revisionId);
        tags = Map.copyOf(tags);
    }

    /** Returns the ARN of the runtime's version, in the function's partition and region. */
    public String runtimeVersionArn() {
        String[] parts = arn.split(":");
        return "arn:" + parts[1] + ":lambda:" + parts[3] + "::runtime:local";
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
                settings,
                handler,
                roleArn,
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
