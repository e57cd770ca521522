package io.github.lambdashell.stack.like;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.stack.StackProgress;

/**
 * The wish to stand like another function.
 *
 * @param nameOrArn of that function, not null
 * @param values whether its environment variables come with their values
 */
public record LikeFunction(String nameOrArn, boolean values) {
    /**
     * Reads that function, and says what of it is not copied.
     *
     * @param hasRuntime whether the runtime is said already, so that the other need have none
     * @throws ShellException when there is none, it may not be read, or it has no runtime
     */
    public FunctionSettings settings(AwsClients clients, boolean hasRuntime, StackProgress progress) {
        ExistingFunction function = ExistingFunction.read(clients, nameOrArn);
        if (function.isImage() && !hasRuntime) {
            throw new ShellException(
                    "The function " + function.arn() + " is a container image, which has no runtime to copy",
                    "Name the runtime whose shell should stand in its place with -Dlshell.runtime (provided.al2023 is"
                            + " the barest); everything else is copied");
        }
        progress.step("like " + function.arn());
        function.notCopied(values).forEach(clause -> progress.step("  not copied: " + clause));
        return function.settings(values);
    }
}
