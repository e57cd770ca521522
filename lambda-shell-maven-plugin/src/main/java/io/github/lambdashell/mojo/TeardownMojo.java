package io.github.lambdashell.mojo;

import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.StackRules;
import io.github.lambdashell.run.RemoveStacks;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Removes the stack and everything in it, and the temporary stacks that killed builds left. With {@code all}, all stacks
 * that this plugin created: on this machine, or in the account and region.
 */
@Mojo(name = "teardown", requiresProject = false, threadSafe = true)
public final class TeardownMojo extends AbstractShellMojo {
    /** Lists all stacks that this plugin created and, after a confirmation, removes them. */
    @Parameter(property = "lshell.all", defaultValue = "false")
    private boolean all;

    /** With {@code all}: the owner of the stacks, {@code *} for everybody. Defaults to the build's user. */
    @Parameter(property = "lshell.owner")
    private String owner;

    /** With {@code all}: the minimum age of a stack, for example {@code 12h}; a plain number is in seconds. */
    @Parameter(property = "lshell.olderThan", defaultValue = "0s")
    private String olderThan;

    /** With {@code all}: removes without a confirmation. */
    @Parameter(property = "lshell.yes", defaultValue = "false")
    private boolean yes;

    @Override
    boolean isForOneStack() {
        return !all;
    }

    @Override
    Goal prepare(Problems problems) {
        if (all) {
            RemoveStacks.Request request = new RemoveStacks.Request(
                    owner,
                    duration("olderThan", olderThan, DurationText.LONG, problems),
                    yes,
                    session().getRequest().isInteractiveMode());
            return target -> RemoveStacks.all(target, request, home(), progress());
        }
        StackRules.checkStackName(stackName(), problems);
        return target -> RemoveStacks.one(target, stackName(), home(), progress());
    }
}
