package io.github.lambdashell.console.command;

import java.util.ArrayList;
import java.util.List;

/** {@code :help} */
final class HelpCommand extends ColonCommand {
    HelpCommand() {
        super("help", "", "show this list");
    }

    @Override
    void run(String text, PromptContext context) {
        lines().forEach(context.screen()::print);
    }

    /** Returns the help, in lines for a screen of 80 columns. */
    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (ColonCommand command : ColonCommands.all()) {
            lines.add(String.format("  %-22s %s", command.usage(), command.summary()));
        }
        lines.addAll(List.of(
                "",
                "Names may be abbreviated, for example :w for :watch. !! is the last command.",
                "Everything else runs in the function's shell. Ctrl-C ends a command, Ctrl-D its",
                "input. Ctrl-D at the prompt ends the session. A line that begins with a blank",
                "is not kept in the history."));
        return lines;
    }
}
