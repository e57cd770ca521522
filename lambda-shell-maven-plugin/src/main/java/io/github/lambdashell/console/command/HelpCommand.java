package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Screen;

/** {@code :help} */
final class HelpCommand extends ColonCommand {
    HelpCommand() {
        super("help", "", "show this list");
    }

    @Override
    void run(String text, PromptContext context) {
        Screen screen = context.screen();
        for (ColonCommand command : ColonCommands.all()) {
            screen.print(String.format("  %-30s %s", command.usage(), command.summary()));
        }
        screen.print("");
        screen.print(
                "Everything else runs in the function's shell. Ctrl-C ends a command, Ctrl-D its input. Ctrl-D at");
        screen.print("the prompt ends the session. A line that begins with a blank is not kept in the history.");
    }
}
