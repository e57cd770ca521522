package io.github.lambdashell.run;

import io.github.lambdashell.config.LambdaRuntimes;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Target;
import java.util.stream.Stream;

/** The runtime of the project's handlers. */
final class HandlerRuntime {
    private HandlerRuntime() {}

    /**
     * Takes the stack for handlers, which need a Java runtime.
     *
     * @throws ShellException if the configured runtime is another one, before anything is deployed; or if that of the
     *     deployed function is
     */
    static StackLease take(
            Target target, StackLease.Request request, Stream<ProjectHandler> handlers, DeployListener listener)
            throws InterruptedException {
        String handler = handlers.findFirst().map(ProjectHandler::name).orElse("");
        requireConfigured(handler, request.config());
        StackLease lease = StackLease.take(target, request, listener);
        try {
            require(handler, lease.runtime(), LambdaRuntimes.DEPLOY_JAVA);
            return lease;
        } catch (ShellException e) {
            lease.close();
            throw e;
        }
    }

    /**
     * Refuses a handler if the configured runtime is not Java.
     *
     * @param handler empty for none
     */
    static void requireConfigured(String handler, StackConfig config) {
        require(handler, config.function().runtime(), "Configure a Java runtime (lshell.runtime)");
    }

    private static void require(String handler, String runtime, String remedy) {
        if (!handler.isEmpty()) {
            LambdaRuntimes.requireJava(handler, runtime, remedy);
        }
    }
}
