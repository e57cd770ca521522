package io.github.lambdashell.console.command;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.CommandResult;
import java.util.Arrays;
import java.util.Set;

/** {@code :env} */
final class EnvCommand implements ColonCommand {
    /** What must not end on a screen that is shared, or in a scrollback. */
    private static final Set<String> SECRET = Set.of("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");

    private final CommandRunner runner;
    private final Screen screen;

    EnvCommand(CommandRunner runner, Screen screen) {
        this.runner = runner;
        this.screen = screen;
    }

    @Override
    public String name() {
        return "env";
    }

    @Override
    public String arguments() {
        return "[TEXT]";
    }

    @Override
    public String summary() {
        return "the commands' environment, sorted; only what contains TEXT; credentials are masked";
    }

    @Override
    public void run(String arguments) throws InterruptedException, DetachedException {
        Captured output = new Captured();
        CommandResult result = runner.runAside("\\env -0", output);
        if (result.exitCode() != 0) {
            throw new ShellException(
                    "env ended with exit code " + result.exitCode() + ": " + output.stderr(),
                    "Look at single variables with echo");
        }
        Arrays.stream(output.stdout().split("\0"))
                .map(EnvCommand::masked)
                .filter(variable -> variable.contains(arguments))
                .sorted()
                .forEach(screen::print);
    }

    private static String masked(String variable) {
        String name = variable.substring(0, Math.max(0, variable.indexOf('=')));
        return SECRET.contains(name) ? name + "=(hidden)" : variable;
    }
}
