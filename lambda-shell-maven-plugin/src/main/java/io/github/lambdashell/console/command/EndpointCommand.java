package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.session.ShellQuoting;
import io.github.lambdashell.target.Target;

/** {@code :endpoint} */
final class EndpointCommand implements ColonCommand {
    private final Target target;
    private final Screen screen;

    EndpointCommand(Target target, Screen screen) {
        this.target = target;
        this.screen = screen;
    }

    @Override
    public String name() {
        return "endpoint";
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public String summary() {
        return "lines for another shell here, in which the AWS CLI or an SDK then reaches this very endpoint";
    }

    @Override
    public void run(String arguments) {
        target.clientEnvironment()
                .forEach((name, value) -> screen.print("export " + name + "=" + ShellQuoting.quote(value)));
    }
}
