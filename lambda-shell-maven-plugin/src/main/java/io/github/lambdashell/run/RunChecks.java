package io.github.lambdashell.run;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.RunEnvironment;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.report.ConsoleReport;
import io.github.lambdashell.report.FileReports;
import io.github.lambdashell.report.ReportLog;
import io.github.lambdashell.report.RunFailure;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.ExecutionTarget;
import io.github.lambdashell.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Runs checks in a stack and writes the reports. */
public final class RunChecks {
    private RunChecks() {}

    /**
     * The checks and their stack.
     *
     * @param stack the stack to use
     * @param checks at least one
     * @param title name of the run in the reports
     * @param reports directory of the reports
     * @param secretVariables variables whose values are masked in all results
     * @param parallel number of checks that run at once, at least 1
     * @param failFast whether no check starts after one has failed
     */
    public record Request(
            StackLease.Request stack,
            List<Check> checks,
            String title,
            Path reports,
            List<String> secretVariables,
            int parallel,
            boolean failFast) {}

    /**
     * Runs the checks.
     *
     * @throws RunFailure if one did not pass
     * @throws io.github.lambdashell.config.ShellException if the stack can't be used
     */
    public static void run(Target target, Request request, ReportLog log, DeployListener listener)
            throws RunFailure, InterruptedException {
        Secrets secrets = Targets.secrets(
                target,
                request.stack().config(),
                request.secretVariables(),
                request.checks().stream().map(check -> check.command().environment()));
        try (StackLease lease = HandlerRuntime.take(
                target,
                request.stack(),
                request.checks().stream().flatMap(check -> check.handler().stream()),
                listener)) {
            CheckRunner.Options options = new CheckRunner.Options(
                    request.title(),
                    () -> {
                        ExecutionTarget described = target.describe();
                        return new RunEnvironment(
                                described.name(),
                                lease.stack().name(),
                                lease.runtime(),
                                lease.code(),
                                described.isolation(),
                                Stream.concat(lease.differences().stream(), described.differences().stream())
                                        .toList());
                    },
                    request.parallel(),
                    request.failFast(),
                    secrets);
            Connection connection =
                    Connection.to(lease.stack(), target, request.stack().home());
            lease.stack().timeout().ifPresent(limit -> warnOfLongerTimeouts(request.checks(), limit, log));
            FileReports files = new FileReports(request.reports(), log);
            CheckReport report = new CheckRunner(
                            new StepSession(connection.function()), options, List.of(files, new ConsoleReport(log)))
                    .run(request.checks().stream()
                            .map(check -> check.in(lease.stack().function()))
                            .toList());
            RunFailure.throwIfFailed(report, files.page(report));
        }
    }

    private static void warnOfLongerTimeouts(List<Check> checks, Duration limit, ReportLog log) {
        checks.forEach(check -> check.command()
                .timeout()
                .filter(timeout -> timeout.compareTo(limit) > 0)
                .ifPresent(timeout -> log.warn("The timeout of check '" + check.name() + "' is "
                        + DurationText.format(timeout) + ", but the function's timeout of "
                        + DurationText.format(limit) + " ends it before; set a longer timeout (lshell.timeout)")));
    }
}
