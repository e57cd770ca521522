package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.LineInput;
import io.github.lambdashell.console.terminal.Screen;
import java.util.List;

/** {@code :history} */
final class HistoryCommand implements ColonCommand {
    private static final int DEFAULT_COUNT = 50;

    private final LineInput input;
    private final Screen screen;

    HistoryCommand(LineInput input, Screen screen) {
        this.input = input;
        this.screen = screen;
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public String arguments() {
        return "[COUNT]";
    }

    @Override
    public String summary() {
        return "the last commands of this and earlier sessions with this stack";
    }

    @Override
    public void run(String arguments) {
        if (!arguments.matches("\\d{0,6}")) {
            throw Arguments.usage(this, "\"" + arguments + "\" is no number");
        }
        int count = arguments.isEmpty() ? DEFAULT_COUNT : Integer.parseInt(arguments);
        List<String> lines = input.history();
        for (int i = Math.max(0, lines.size() - count); i < lines.size(); i++) {
            screen.print(String.format("%5d  %s", i + 1, lines.get(i).replace("\n", "\n       ")));
        }
    }
}
