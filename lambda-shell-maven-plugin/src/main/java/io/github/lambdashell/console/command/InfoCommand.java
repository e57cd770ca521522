package io.github.lambdashell.console.command;

import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.Reports;
import io.github.lambdashell.session.ShellSession;
import io.github.lambdashell.target.ExecutionTarget;
import io.github.lambdashell.target.FunctionDescription;
import io.github.lambdashell.target.InvocationReport;
import io.github.lambdashell.target.Target;
import java.util.List;
import java.util.Locale;

/** {@code :info} */
final class InfoCommand implements ColonCommand {
    private static final int LAST_INVOCATIONS = 5;

    private final ShellSession session;
    private final Target target;
    private final Screen screen;

    InfoCommand(ShellSession session, Target target, Screen screen) {
        this.session = session;
        this.target = target;
        this.screen = screen;
    }

    @Override
    public String name() {
        return "info";
    }

    @Override
    public String arguments() {
        return "";
    }

    @Override
    public String summary() {
        return "what answers here, and what the last commands cost";
    }

    @Override
    public void run(String arguments) throws InterruptedException {
        Connection connection = session.connection();
        ExecutionTarget described = target.describe();
        FunctionDescription function = connection.function().deployed().describe();
        line("stack", connection.stack().name() + " on " + described.name());
        line("region", described.region());
        line("runtime", function.runtime());
        function.runtimeVersionArn().ifPresent(arn -> line("runtime version", arn));
        line("architecture", function.architecture());
        line("memory", function.memorySize() + " MB");
        line("timeout", function.timeoutSeconds() + " s");
        line("role", function.role());
        line(
                "sandbox",
                session.sandbox()
                        .map(id -> id + (session.coldStart() ? ", a cold start" : ", warm"))
                        .orElse("none yet"));
        described.isolation().ifPresent(level -> line("isolation", level));
        line(
                "control",
                connection.sideChannel().isPresent()
                        ? "Ctrl-C and input reach a running command"
                        : "none, for the stack has no bucket");
        costs(session.reports());
    }

    private void costs(Reports reports) {
        line(
                "invocations",
                String.format(
                        Locale.ROOT,
                        "%d, billed %d ms, %.3f GB-seconds",
                        reports.invocations(),
                        reports.billed().toMillis(),
                        reports.billedGigabyteSeconds()));
        List<InvocationReport> metrics = reports.last();
        metrics.stream().skip(Math.max(0, metrics.size() - LAST_INVOCATIONS)).forEach(this::cost);
    }

    private void cost(InvocationReport metrics) {
        String init = metrics.initDuration()
                .map(duration -> String.format(Locale.ROOT, ", cold start %d ms", duration.toMillis()))
                .orElse("");
        screen.print(String.format(
                Locale.ROOT,
                "  %8.1f ms, billed %d ms, %.4f GB-seconds, %d of %d MB used%s",
                metrics.duration().toNanos() / 1e6,
                metrics.billedDuration().toMillis(),
                metrics.gigabyteSeconds(),
                metrics.maxMemoryUsed(),
                metrics.memorySize(),
                init));
    }

    private void line(String name, String value) {
        screen.print(String.format("%-16s %s", name, value));
    }
}
