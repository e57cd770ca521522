package io.github.lambdashell.console.command;

import io.github.lambdashell.session.ShellQuoting;

/** {@code :endpoint} */
final class EndpointCommand extends ColonCommand {
    EndpointCommand() {
        super("endpoint", "", "export lines with which the AWS CLI or an SDK in another shell invokes this function");
    }

    @Override
    void run(String text, PromptContext context) {
        context.target().clientEnvironment().forEach((name, value) -> context.screen()
                .print("export " + name + "=" + ShellQuoting.quote(value)));
    }
}
