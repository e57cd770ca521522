package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.session.ShellSession;
import io.github.lambdashell.target.InvocationReport;
import java.util.List;

/** {@code :report} */
final class ReportCommand implements ColonCommand {
    private static final int DEFAULT_COUNT = 10;

    private final ShellSession session;
    private final Screen screen;

    ReportCommand(ShellSession session, Screen screen) {
        this.session = session;
        this.screen = screen;
    }

    @Override
    public String name() {
        return "report";
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public String summary() {
        return "Lambda's REPORT lines of the last invocations, as they are";
    }

    @Override
    public void run(String arguments) {
        List<String> lines =
                session.reports().last().stream().map(InvocationReport::line).toList();
        if (lines.isEmpty()) {
            screen.print("no REPORT line yet");
        }
        lines.stream().skip(Math.max(0, lines.size() - DEFAULT_COUNT)).forEach(screen::print);
    }
}
