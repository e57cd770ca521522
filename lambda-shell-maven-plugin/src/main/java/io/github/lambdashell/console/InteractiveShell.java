package io.github.lambdashell.console;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Terminals;
import io.github.lambdashell.protocol.Invocation;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.stack.StackNotes;
import io.github.lambdashell.stack.StackProgress;

/** A prompt where a person sits at a terminal, else one script from standard input. */
public final class InteractiveShell {
    private final AwsClients clients;
    private final String stackName;
    private final StackProgress progress;

    /**
     * @param stackName the stack that is meant, deployed or not
     * @param progress hears what happens to it
     */
    public InteractiveShell(AwsClients clients, String stackName, StackProgress progress) {
        this.clients = clients;
        this.stackName = stackName;
        this.progress = progress;
    }

    /**
     * Runs until the end of input.
     *
     * @param stackSource finds the stack or makes one
     * @param mayAsk whether Maven may ask questions; {@code -B} says no
     * @param colours whether Maven shows colours
     * @return the exit code of the script; of a session at a prompt 0, for its commands' failures are the person's
     * @throws ShellException when there is nobody to type and no script, or nothing to run in
     */
    public int run(StackSource stackSource, boolean mayAsk, boolean colours) throws InterruptedException {
        ScriptInput.requireOwnInput();
        StackInBackground stack = new StackInBackground(clients, stackSource, progress);
        try {
            // What is deployed is found while the terminal opens; a deploy is worth a look first.
            boolean deployed = new StackNotes(clients.target()).isDeployed(stackName);
            if (deployed) {
                stack.start();
            }
            if (!Terminals.isInputTerminal()) {
                return runScript(ScriptInput.read(System.in), stack);
            }
            if (!mayAsk) {
                throw new ShellException(
                        "Maven runs in batch mode (-B), so there is nobody to type commands",
                        "Leave -B away, or give a script on standard input: " + ScriptInput.EXAMPLE);
            }
            if (!deployed) {
                stack.start();
                stack.getVisibly();
            }
            Conversation.hold(clients, stackName, stack, colours);
            return 0;
        } finally {
            stack.giveBack();
        }
    }

    private static int runScript(String script, StackInBackground stack) throws InterruptedException {
        stack.start();
        Connection connection = stack.getVisibly();
        Invocation invocation = connection.function().invoke(ShellRequest.command(script), new StandardStreams());
        return invocation.result().path("exitCode").asInt();
    }
}
