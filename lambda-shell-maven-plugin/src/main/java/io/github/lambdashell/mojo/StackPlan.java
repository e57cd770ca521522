package io.github.lambdashell.mojo;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.target.Target;
import java.util.List;

/**
 * A stack's configuration, which is complete once the project's package has been found and the function to copy has been
 * read from the target.
 */
interface StackPlan {
    /**
     * Returns the configuration of several variants of the stack.
     *
     * @param variants settings that replace the configured ones
     * @throws io.github.lambdashell.config.ShellException if the function to copy can't be read, or the project could deploy
     *     several packages
     */
    List<StackConfig> configs(Target target, List<FunctionSettings> variants);

    /** Returns the configuration, as {@link #configs} does. */
    default StackConfig config(Target target) {
        return configs(target, List.of(FunctionSettings.NONE)).get(0);
    }
}
