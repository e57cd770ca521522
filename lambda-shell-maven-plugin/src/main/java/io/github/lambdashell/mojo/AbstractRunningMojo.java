package io.github.lambdashell.mojo;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.sam.SamFunction;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.Target;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;

/** The parameters of the goals that run something in a stack, a temporary one if none is deployed. */
abstract class AbstractRunningMojo extends AbstractDeployingMojo {
    /**
     * Whether the handler starts as before a snapshot and is restored with the first event, as Lambda does with SnapStart.
     * No image of its memory is made. Defaults to the setting of {@code samTemplate}, and otherwise to false.
     */
    @Parameter(property = "lshell.snapStart")
    private Boolean snapStart;

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

    /** Returns whether handlers start as before a snapshot. */
    final boolean snapStart(Problems problems) {
        return snapStart == null
                ? javaFunction(problems).filter(SamFunction::snapStart).isPresent()
                : snapStart;
    }

    /** Returns the project's handler; empty if none is configured. */
    final Optional<ProjectHandler> projectHandler(Problems problems) {
        boolean isSnapStart = snapStart(problems);
        Optional<ProjectHandler> configured = handlerName(problems).map(name -> new ProjectHandler(name, isSnapStart));
        problems.require(
                configured.isPresent() || !isSnapStart,
                "snapStart (lshell.snapStart) requires handler (lshell.handler)");
        return configured;
    }
}
