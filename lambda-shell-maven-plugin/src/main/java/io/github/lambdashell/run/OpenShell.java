package io.github.lambdashell.run;

import io.github.lambdashell.check.learn.CommandsFile;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.Conversation;
import io.github.lambdashell.console.StackInBackground;
import io.github.lambdashell.console.command.EventArguments;
import io.github.lambdashell.console.terminal.Terminals;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.report.RunFailure;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.stack.StackNotes;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Target;
import java.util.List;
import java.util.Optional;

/** A shell: a prompt if standard input is a terminal, otherwise one script from standard input. */
public final class OpenShell {
    private OpenShell() {}

    /**
     * What to open.
     *
     * @param stack the stack to use
     * @param handler the project's handler beside the shell
     * @param commandsFile the file for checks that are made of commands
     * @param region the configured region, null for the SDK's default
     * @param mayAsk whether Maven may ask questions; not with {@code -B}
     * @param colours whether Maven shows colours
     */
    public record Request(
            StackLease.Request stack,
            Optional<ProjectHandler> handler,
            CommandsFile commandsFile,
            String region,
            boolean mayAsk,
            boolean colours) {}

    /**
     * Runs until the end of input.
     *
     * @throws RunFailure if a script failed; not for a prompt, where the user sees the exit codes
     * @throws ShellException if there is neither a terminal nor a script, or no stack
     */
    public static void run(Target target, Request request, DeployListener listener)
            throws RunFailure, InterruptedException {
        StandardStreams.requireInput();
        StackLease.Request stackRequest = request.stack();
        HandlerRuntime.requireConfigured(
                request.handler().map(ProjectHandler::name).orElse(""), stackRequest.config());
        String stackName = stackRequest.config().stackName();
        try (StackInBackground stack = new StackInBackground(target, stackRequest, listener)) {
            // A deployed stack is found while the terminal opens; a deploy is shown first.
            boolean deployed = new StackNotes(
                            stackRequest.home(), target.describe().name(), request.region())
                    .isDeployed(stackName);
            if (deployed) {
                stack.start();
            }
            if (!Terminals.isInputTerminal()) {
                runScript(ScriptInput.parts(ScriptInput.read(System.in)), request.handler(), stack);
                return;
            }
            if (!request.mayAsk()) {
                throw new ShellException(
                        "Maven runs in batch mode (-B), so nobody can type commands",
                        "Remove -B, or pass a script on standard input: " + ScriptInput.EXAMPLE);
            }
            if (!deployed) {
                stack.start();
                stack.getVisibly();
            }
            Conversation.hold(
                    target,
                    stackRequest.home(),
                    stackName,
                    stack,
                    request.handler(),
                    request.commandsFile(),
                    request.colours());
        }
    }

    private static void runScript(
            List<ScriptInput.Part> parts, Optional<ProjectHandler> handler, StackInBackground stack)
            throws RunFailure, InterruptedException {
        if (handler.isEmpty() && parts.stream().anyMatch(part -> part.event().isPresent())) {
            throw EventArguments.noHandler();
        }
        stack.start();
        RunFailure.throwIfAny(new Script(stack.getVisibly(), handler, new StandardStreams()).run(parts));
    }
}
