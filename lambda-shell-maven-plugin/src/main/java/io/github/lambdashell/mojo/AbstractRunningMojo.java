package io.github.lambdashell.mojo;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.Target;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;

/** The parameters of the goals that run something in a stack, a temporary one if none is deployed. */
abstract class AbstractRunningMojo extends AbstractDeployingMojo {
    /** Keeps a stack that this goal had to deploy. */
    @Parameter(property = "lshell.keep", defaultValue = "false")
    private boolean keep;

    /** Returns the request for the stack that the goal uses. */
    final StackLease.Request lease(StackPlan plan, Target target) {
        return lease(plan, target, keep);
    }

    /** Returns whether a stack that the goal had to deploy remains. */
    final boolean isKept() {
        return keep;
    }

    /** Returns the project's handler; empty if none is configured. */
    final Optional<ProjectHandler> projectHandler(Problems problems) {
        boolean isSnapStart = snapStart(problems);
        Optional<ProjectHandler> configured = handlerName(problems).map(name -> new ProjectHandler(name, isSnapStart));
        requireHandler(configured.isPresent(), problems);
        return configured;
    }

    /** Adds a problem if nothing has a snapshot: on the local target, only a handler takes part in one. */
    final void requireHandler(boolean hasHandler, Problems problems) {
        problems.require(
                hasHandler || !isLocal() || !snapStart(problems),
                "snapStart (lshell.snapStart) requires handler (lshell.handler) with target=local, where only a handler has"
                        + " a snapshot");
    }
}
