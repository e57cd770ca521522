package io.github.lambdashell.console.command;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.CommandResult;
import java.util.Arrays;
import java.util.Set;

/** {@code :env} */
final class EnvCommand extends ColonCommand {
    private static final Set<String> CREDENTIALS = Set.of("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");

    EnvCommand() {
        super("env", "[TEXT]", "show the environment, or what contains TEXT");
    }

    @Override
    void run(String text, PromptContext context) throws InterruptedException, DetachedException {
        Captured output = new Captured();
        CommandResult result = context.runner().runAside("\\env -0", output);
        if (result.exitCode() != 0) {
            throw new ShellException(
                    "env ended with exit code " + result.exitCode() + ": " + output.stderr(),
                    "Show single variables with echo");
        }
        Arrays.stream(output.stdout().split("\0"))
                .map(EnvCommand::masked)
                .filter(variable -> variable.contains(text))
                .sorted()
                .forEach(context.screen()::print);
    }

    private static String masked(String variable) {
        String name = variable.substring(0, Math.max(0, variable.indexOf('=')));
        return CREDENTIALS.contains(name) ? name + "=(hidden)" : variable;
    }
}
