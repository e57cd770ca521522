package io.github.lambdashell.target;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig.JsonLog;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A function whose settings are copied to the stack's function. It is only read.
 *
 * @param arn its ARN, not null
 * @param isImage whether it is a container image, which has no runtime
 * @param settings the settings to copy, with the values of its environment variables, not null
 * @param snapStart whether its versions start from a snapshot
 * @param qualifier the version or the alias by which it was found; empty for {@code $LATEST}
 * @param jsonLog levels of its log in JSON; empty if it logs plain text
 * @param notCopied the settings that can't be copied, each as a clause, not null
 */
public record ExistingFunction(
        String arn,
        boolean isImage,
        FunctionSettings settings,
        boolean snapStart,
        Optional<String> qualifier,
        Optional<JsonLog> jsonLog,
        List<String> notCopied) {
    /** No function, of which nothing is copied. */
    public static final ExistingFunction NONE = new ExistingFunction(
            "", false, FunctionSettings.NONE, false, Optional.empty(), Optional.empty(), List.of());

    public ExistingFunction {
        Objects.requireNonNull(arn);
        Objects.requireNonNull(settings);
        Objects.requireNonNull(qualifier);
        Objects.requireNonNull(jsonLog);
        notCopied = List.copyOf(notCopied);
    }

    /** Returns the alias by which it was found; empty for a version or none. */
    public Optional<String> alias() {
        return qualifier.filter(name -> !name.matches("\\d+"));
    }

    /** Returns a copy with other settings. */
    public ExistingFunction withSettings(FunctionSettings other) {
        return new ExistingFunction(arn, isImage, other, snapStart, qualifier, jsonLog, notCopied);
    }
}
