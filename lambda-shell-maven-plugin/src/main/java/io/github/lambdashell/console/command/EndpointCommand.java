package io.github.lambdashell.console.command;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.session.ShellQuoting;

/** {@code :endpoint} */
final class EndpointCommand implements ColonCommand {
    private final AwsClients clients;
    private final Screen screen;

    EndpointCommand(AwsClients clients, Screen screen) {
        this.clients = clients;
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
        clients.environment()
                .forEach((name, value) -> screen.print("export " + name + "=" + ShellQuoting.quote(value)));
    }
}
