package io.github.lambdashell.console.command;

import io.github.lambdashell.session.ShellQuoting;

/** {@code :endpoint} */
final class EndpointCommand extends ColonCommand {
    EndpointCommand() {
        super("endpoint", "", "export lines for the AWS CLI and SDKs in another shell");
    }

    @Override
    void run(String text, PromptContext context) {
        context.target().clientEnvironment().forEach((name, value) -> context.screen()
                .print("export " + name + "=" + ShellQuoting.quote(value)));
    }
}
