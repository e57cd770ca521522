package io.github.lambdashell.run;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.command.EventArguments;
import io.github.lambdashell.console.command.EventOutput;
import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.protocol.HandlerEvent;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.protocol.SecretMask;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.session.CommandResult;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.ShellSession;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A script without a terminal: its commands and events, one after the other in one session. */
final class Script {
    private final Connection connection;
    private final ShellSession session;
    private final FrameListener streams;

    /**
     * @param handler the handler that runs beside the commands, empty for none
     * @param streams receives the output
     */
    Script(Connection connection, Optional<ProjectHandler> handler, FrameListener streams) {
        this.connection = connection;
        this.streams = streams;
        this.session = new ShellSession(() -> connection, handler);
    }

    /**
     * Runs the parts up to the first that fails.
     *
     * @return how it failed; empty if none did
     * @throws ShellException if a part could not be run
     */
    Optional<String> run(List<ScriptInput.Part> parts) throws InterruptedException {
        Optional<String> failure = Optional.empty();
        for (int i = 0; i < parts.size() && failure.isEmpty(); i++) {
            ScriptInput.Part part = parts.get(i);
            failure = part.event().isPresent() ? pass(part.event().get()) : run(part.command(), parts.size() == 1);
        }
        return failure;
    }

    private Optional<String> run(String command, boolean isAlone) throws InterruptedException {
        SecretMask output = new SecretMask(streams, connection.secrets());
        try {
            ShellRequest request = ShellRequest.command(command);
            CommandResult result = isAlone ? session.runPlain(request, output) : session.run(request, output);
            return RunCommand.failure("The script", result.exitCode(), result.timedOut(), connection);
        } finally {
            output.flush();
        }
    }

    private Optional<String> pass(HandlerEvent event) throws InterruptedException {
        ProjectHandler handler = session.handler().orElseThrow(EventArguments::noHandler);
        EventOutput output = new EventOutput(streams, false, handler);
        SecretMask masked = new SecretMask(output, connection.secrets());
        try {
            session.pass(Step.event("invoke", event, null, false), Optional.empty(), masked);
        } finally {
            masked.flush();
        }
        HandlerResult result = output.result(connection.secrets());
        output.errorLines(result, event.invocations()).forEach(this::printError);
        EventOutput.figures(result, event.invocations()).forEach(line -> printError("[" + line + "]"));
        return result.errors().stream()
                .findFirst()
                .map(error ->
                        "The script ended with a failed event: " + EventOutput.summary(error, event.invocations()));
    }

    private void printError(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        streams.stderr(bytes, 0, bytes.length);
    }
}
