package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.target.InvocationReport;
import java.util.List;

/** {@code :report} */
final class ReportCommand extends ColonCommand {
    private static final int MAX_LINES = 10;

    ReportCommand() {
        super("report", "", "show Lambda's REPORT lines of the last invocations");
    }

    @Override
    void run(String text, PromptContext context) {
        Screen screen = context.screen();
        List<InvocationReport> reports = context.session().reports().last();
        if (reports.isEmpty()) {
            screen.print("no REPORT line yet");
        }
        reports.stream()
                .skip(Math.max(0, reports.size() - MAX_LINES))
                .map(InvocationReport::line)
                .forEach(screen::print);
    }
}
