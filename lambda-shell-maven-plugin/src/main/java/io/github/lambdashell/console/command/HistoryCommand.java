package io.github.lambdashell.console.command;

import java.util.List;

/** {@code :history} */
final class HistoryCommand extends ColonCommand {
    private static final int DEFAULT_COUNT = 50;

    HistoryCommand() {
        super("history", "[COUNT]", "show the last commands");
    }

    @Override
    void run(String text, PromptContext context) {
        if (!text.matches("\\d{0,6}")) {
            throw wrongUsage("Not a number: '" + text + "'");
        }
        int count = text.isEmpty() ? DEFAULT_COUNT : Integer.parseInt(text);
        List<String> lines = context.input().history();
        for (int i = Math.max(0, lines.size() - count); i < lines.size(); i++) {
            context.screen().print(String.format("%5d  %s", i + 1, lines.get(i).replace("\n", "\n       ")));
        }
    }
}
