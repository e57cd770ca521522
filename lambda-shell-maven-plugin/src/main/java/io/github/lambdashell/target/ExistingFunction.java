package io.github.lambdashell.target;

import io.github.lambdashell.config.FunctionSettings;
import java.util.List;
import java.util.Objects;

/**
 * A function whose settings the stack's function copies. It is only read.
 *
 * @param arn its ARN, not null
 * @param isImage whether it is a container image, which has no runtime
 * @param settings what is copied, with the values of its environment variables, not null
 * @param notCopied what is not copied, each as a clause, not null
 */
public record ExistingFunction(String arn, boolean isImage, FunctionSettings settings, List<String> notCopied) {
    public ExistingFunction {
        Objects.requireNonNull(arn);
        Objects.requireNonNull(settings);
        notCopied = List.copyOf(notCopied);
    }
}
