package io.github.lambdashell.run;

import io.github.lambdashell.console.command.EventOutput;
import io.github.lambdashell.protocol.HandlerEvent;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.protocol.SecretMask;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.report.RunFailure;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.LargeEvents;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Passes one event to the project's handler, and writes its response to this process's standard output and its log to
 * standard error.
 */
public final class RunEvent {
    private RunEvent() {}

    /**
     * Passes the event.
     *
     * @param stack the stack to use
     * @param secretVariables variables whose values are masked in the output
     * @throws RunFailure if the handler failed
     * @throws io.github.lambdashell.config.ShellException if the event could not be passed
     */
    public static void run(
            Target target,
            StackLease.Request stack,
            ProjectHandler handler,
            byte[] event,
            List<String> secretVariables,
            DeployListener listener)
            throws RunFailure, InterruptedException {
        Secrets secrets = Targets.secrets(target, stack.config(), secretVariables, Stream.empty());
        try (StackLease lease = HandlerRuntime.take(target, stack, Stream.of(handler), listener)) {
            Connection connection = Connection.to(lease.stack(), target, stack.home());
            EventOutput answer = new EventOutput(new StandardStreams(), false, handler);
            SecretMask output = new SecretMask(answer, secrets);
            try (LargeEvents events = new LargeEvents(connection.function().deployed())) {
                Step step = events.sent(Step.event("event", HandlerEvent.of(event), null, false));
                connection.function().invoke(ShellRequest.steps(List.of(step)).handler(handler), output);
            } finally {
                output.flush();
            }
            RunFailure.throwIfAny(failure(answer.result(secrets), lease.stack().timeoutText()));
        }
    }

    static Optional<String> failure(HandlerResult result, String functionTimeout) {
        return result.errors().stream().findFirst().map(error -> {
            if (result.isInitializationFailed()) {
                return "The handler could not be initialized: " + error.text();
            }
            return error.type().equals(HandlerResult.Error.TIMEOUT)
                    ? "The handler was ended by " + functionTimeout + "; set a longer timeout (lshell.timeout)"
                    : "The handler failed with " + error.text();
        });
    }
}
