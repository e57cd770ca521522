package io.github.lambdashell.console;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.invoke.FunctionClient;
import io.github.lambdashell.invoke.Invocation;
import io.github.lambdashell.invoke.ShellRequest;
import io.github.lambdashell.session.ShellSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A prompt where a person sits at a terminal, else one script from standard input. */
public final class InteractiveShell {
    private final String stackName;
    private final FunctionClient function;

    public InteractiveShell(String stackName, FunctionClient function) {
        this.stackName = stackName;
        this.function = function;
    }

    /**
     * Runs until the end of input.
     *
     * @param interactive whether Maven may ask questions; {@code -B} says no
     * @return the exit code of the script; of a session at a prompt 0, for its commands' failures are the person's
     */
    public int run(boolean interactive) throws InterruptedException {
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            boolean piped = terminal.getType().startsWith(Terminal.TYPE_DUMB);
            if (piped) {
                return runScript();
            }
            if (!interactive) {
                throw new ShellException(
                        "Maven runs in batch mode (-B), so there is nobody to type commands",
                        "Leave -B away, or give a script on standard input: echo 'uname -a' | mvn -q lshell:interactive");
            }
            new Prompt(terminal, stackName, new ShellSession(function), new StandardStreams()).run();
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("can't open the terminal", e);
        }
    }

    private int runScript() throws InterruptedException, IOException {
        String script = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        if (script.isBlank()) {
            throw new ShellException(
                    "Standard input is empty, so there is nothing to run",
                    "Give a script on it: echo 'uname -a' | mvn -q lshell:interactive");
        }
        Invocation invocation = function.invoke(ShellRequest.command(script), new StandardStreams());
        return invocation.result().path("exitCode").asInt();
    }
}
