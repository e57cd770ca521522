package io.github.lambdashell.stack;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.ExistingFunction;
import io.github.lambdashell.target.Target;
import io.github.lambdashell.target.code.ExecWrapper;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A function whose settings are to be copied.
 *
 * @param nameOrArn of that function, not null
 * @param values whether its environment variables are copied with their values
 */
public record LikeFunction(String nameOrArn, boolean values) {
    /**
     * Reads the function with the settings to copy, and reports those that are not copied.
     *
     * @param hasRuntime whether the build configures a runtime, so that the function need not have one
     * @throws ShellException if there is no such function, the user has no permission to read it, or it has no runtime
     */
    public ExistingFunction read(Target target, boolean hasRuntime, DeployListener listener) {
        ExistingFunction function = target.existingFunction(nameOrArn);
        if (function.isImage() && !hasRuntime) {
            throw new ShellException(
                    "The function " + function.arn() + " is a container image, which has no runtime to copy",
                    "Specify a runtime with -Dlshell.runtime (provided.al2023 is the smallest); everything else is"
                            + " copied");
        }
        listener.step("Copying the settings of " + function.arn());
        function.notCopied().forEach(clause -> listener.step("  not copied: " + clause));
        FunctionSettings settings = function.settings();
        Map<String, String> variables = new TreeMap<>(settings.environmentVariables());
        // A path and no secret; with an empty one, the function would have no wrapper script.
        Optional<String> wrapper = Optional.ofNullable(variables.remove(ExecWrapper.VARIABLE));
        if (values || variables.isEmpty()) {
            return function;
        }
        listener.step("  not copied: the values of " + String.join(", ", variables.keySet())
                + ", which are empty where this build sets none (likeValues copies them)");
        variables.replaceAll((name, value) -> "");
        wrapper.ifPresent(path -> variables.put(ExecWrapper.VARIABLE, path));
        return function.withSettings(settings.withVariables(variables));
    }
}
