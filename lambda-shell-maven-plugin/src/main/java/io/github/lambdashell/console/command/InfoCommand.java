package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.Reports;
import io.github.lambdashell.session.ShellSession;
import io.github.lambdashell.target.ExecutionTarget;
import io.github.lambdashell.target.FunctionDescription;
import io.github.lambdashell.target.InvocationReport;
import java.util.List;
import java.util.Locale;

/** {@code :info} */
final class InfoCommand extends ColonCommand {
    private static final int MAX_INVOCATIONS = 5;

    InfoCommand() {
        super("info", "", "show stack, function, sandbox, and what it costs");
    }

    @Override
    void run(String text, PromptContext context) throws InterruptedException {
        Screen screen = context.screen();
        ShellSession session = context.session();
        Connection connection = session.connection();
        ExecutionTarget target = context.target().describe();
        FunctionDescription function = connection.function().deployed().describe();
        line(screen, "stack", connection.stack().name() + " on " + target.name());
        line(screen, "region", target.region());
        line(screen, "runtime", function.runtime());
        function.runtimeVersionArn().ifPresent(arn -> line(screen, "runtime version", arn));
        line(screen, "architecture", function.architecture());
        line(screen, "memory", function.memorySize() + " MB");
        line(screen, "timeout", function.timeoutSeconds() + " s");
        session.handler().ifPresent(handler -> line(screen, "handler", handler.name()));
        line(screen, "role", function.role());
        String sandbox = session.sandbox()
                .map(id -> id + (session.coldStart() ? ", cold start" : ", warm"))
                .orElse("none yet");
        line(screen, "sandbox", sandbox);
        target.isolation().ifPresent(level -> line(screen, "isolation", level));
        String control = connection.sideChannel().isPresent()
                ? "Ctrl-C and input reach a running command"
                : "none, because the stack has no bucket";
        line(screen, "control", control);
        costs(session.reports(), screen);
    }

    private static void costs(Reports reports, Screen screen) {
        String sum = String.format(
                Locale.ROOT,
                "%d, billed %d ms, %.3f GB-seconds",
                reports.invocations(),
                reports.billed().toMillis(),
                reports.billedGigabyteSeconds());
        line(screen, "invocations", sum);
        List<InvocationReport> last = reports.last();
        last.stream()
                .skip(Math.max(0, last.size() - MAX_INVOCATIONS))
                .map(InfoCommand::cost)
                .forEach(screen::print);
    }

    private static String cost(InvocationReport report) {
        String init = report.initDuration()
                .map(duration -> String.format(Locale.ROOT, ", cold start %d ms", duration.toMillis()))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "  %8.1f ms, billed %d ms, %.4f GB-seconds, %d of %d MB used%s",
                report.duration().toNanos() / 1e6,
                report.billedDuration().toMillis(),
                report.gigabyteSeconds(),
                report.maxMemoryUsed(),
                report.memorySize(),
                init);
    }

    private static void line(Screen screen, String name, String value) {
        screen.print(String.format("%-16s %s", name, value));
    }
}
