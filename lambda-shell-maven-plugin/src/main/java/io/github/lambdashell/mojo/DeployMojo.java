package io.github.lambdashell.mojo;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.run.DeployStack;
import org.apache.maven.plugins.annotations.Mojo;

/** Deploys the shell function in a stack that stays until {@code lshell:teardown}. */
@Mojo(name = "deploy", requiresProject = false, threadSafe = true)
public final class DeployMojo extends AbstractDeployingMojo {
    @Override
    Goal prepare(Problems problems) {
        handlerName(problems);
        StackPlan stack = stackPlan(problems);
        return target -> DeployStack.run(target, stack.config(target), home(), progress());
    }
}
