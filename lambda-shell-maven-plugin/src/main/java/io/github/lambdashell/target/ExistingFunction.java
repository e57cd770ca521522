package io.github.lambdashell.target;

import io.github.lambdashell.config.FunctionSettings;
import java.util.List;
import java.util.Objects;

/**
 * A function whose settings are copied to the stack's function. It is only read.
 *
 * @param arn its ARN, not null
 * @param isImage whether it is a container image, which has no runtime
 * @param settings the settings to copy, with the values of its environment variables, not null
 * @param notCopied the settings that can't be copied, each as a clause, not null
 */
public record ExistingFunction(String arn, boolean isImage, FunctionSettings settings, List<String> notCopied) {
    public ExistingFunction {
        Objects.requireNonNull(arn);
        Objects.requireNonNull(settings);
        notCopied = List.copyOf(notCopied);
    }
}
