package io.github.lambdashell.mojo;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.ready.ClassLoads;
import io.github.lambdashell.config.LambdaRuntimes;
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
     * The project's own handler, as in a function's configuration, such as {@code com.example.App::handleRequest}. It runs
     * beside the shell, in a process of its own under Lambda's Java runtime, whose ID is {@code HANDLER_PID} in commands.
     * Defaults to that of {@code samTemplate}, and otherwise to none.
     */
    @Parameter(property = "lshell.handler")
    private String handler;

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

    /** Returns the name of the project's handler; empty if none is configured. */
    final Optional<String> handlerName(Problems problems) {
        problems.require(
                handler == null || handler.matches(ClassLoads.HANDLER),
                "handler (lshell.handler) must be " + ClassLoads.HANDLER_RULE + ", but is "
                        + (handler == null ? "" : Text.apostrophes(handler)));
        return Optional.ofNullable(handler).or(() -> javaFunction(problems).map(SamFunction::handler));
    }

    /** Returns whether the handler is only the template's, which commands do not need beside them. */
    final boolean isHandlerOfTemplate() {
        return handler == null;
    }

    /** Returns whether handlers start as before a snapshot. */
    final boolean snapStart(Problems problems) {
        return snapStart == null
                ? javaFunction(problems).filter(SamFunction::snapStart).isPresent()
                : snapStart;
    }

    /** Returns the template's function if its handler is Java's; that of another runtime does not run beside the shell. */
    private Optional<SamFunction> javaFunction(Problems problems) {
        return ofTemplate(problems)
                .filter(function -> function.settings().runtime() == null
                        || LambdaRuntimes.isJava(function.settings().runtime()));
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
