package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Screen;

/** {@code :help} */
final class HelpCommand implements ColonCommand {
    private final ColonCommands commands;
    private final Screen screen;

    HelpCommand(ColonCommands commands, Screen screen) {
        this.commands = commands;
        this.screen = screen;
    }

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public String summary() {
        return "this list";
    }

    @Override
    public void run(String arguments) {
        for (ColonCommand command : commands.all()) {
            String usage = ":" + (command.name() + " " + command.arguments()).strip();
            screen.print(String.format("  %-30s %s", usage, command.summary()));
        }
        screen.print("");
        screen.print(
                "Everything else runs in the function's shell. Ctrl-C ends a command, Ctrl-D its input, or at the");
        screen.print("prompt the session. A line that begins with a blank stays out of the history.");
    }
}
