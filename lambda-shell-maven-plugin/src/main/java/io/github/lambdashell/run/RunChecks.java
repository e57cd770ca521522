package io.github.lambdashell.run;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.RunEnvironment;
import io.github.lambdashell.check.When;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.check.run.FunctionFacts;
import io.github.lambdashell.check.run.RunLimits;
import io.github.lambdashell.check.run.RunListener;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.protocol.ProjectHandler;
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
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Runs checks in a stack and writes the reports. */
public final class RunChecks {
    /** The architecture of a function that configures none, as Lambda defines it. */
    private static final String DEFAULT_ARCHITECTURE = "x86_64";

    private RunChecks() {}

    /**
     * The checks and their stack.
     *
     * @param stack the stack to use
     * @param checks at least one
     * @param title name of the run in the reports
     * @param reports directory of the reports
     * @param secretVariables variables and captures whose values are masked in all results
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
        try (StackLease lease = HandlerRuntime.take(
                target, request.stack(), handlers(request, target.describe().name()), listener)) {
            lease.stack().timeout().ifPresent(limit -> warnOfLongerTimeouts(request.checks(), limit, log));
            FileReports files = new FileReports(request.reports(), log);
            CheckReport report = run(
                    target,
                    lease,
                    request,
                    new RunLimits(request.parallel(), request.failFast()),
                    Map.of(),
                    List.of(files, new ConsoleReport(log)));
            RunFailure.throwIfFailed(report, files.page(report.title()));
        }
    }

    /**
     * Runs the checks in a stack.
     *
     * @param limits the limits of this run and those at the same time
     * @param further facts for scripts of ready-made checks, by variables
     * @throws io.github.lambdashell.config.ShellException if the stack can't be used
     */
    static CheckReport run(
            Target target,
            StackLease lease,
            Request request,
            RunLimits limits,
            Map<String, String> further,
            List<RunListener> listeners)
            throws InterruptedException {
        Secrets secrets = Targets.secrets(
                target,
                request.stack().config(),
                request.secretVariables(),
                request.checks().stream().map(check -> check.command().environment()));
        CheckRunner.Options options = new CheckRunner.Options(
                request.title(),
                () -> environment(target, lease),
                limits,
                secrets,
                Set.copyOf(request.secretVariables()),
                Clock.systemUTC());
        Connection connection =
                Connection.to(lease.stack(), target, request.stack().home());
        Map<String, String> facts = new HashMap<>(further);
        facts.putAll(FunctionFacts.of(
                request.checks().stream().map(check -> check.command().text()).toList(), connection, target));
        return new CheckRunner(new StepSession(connection.function()), options, listeners)
                .run(request.checks().stream().map(check -> check.in(facts)).toList());
    }

    private static RunEnvironment environment(Target target, StackLease lease) {
        ExecutionTarget described = target.describe();
        FunctionSettings function = lease.stack().function();
        return new RunEnvironment(
                described.name(),
                lease.stack().name(),
                lease.runtime(),
                Objects.requireNonNullElse(function.architecture(), DEFAULT_ARCHITECTURE),
                lease.code(),
                described.isolation(),
                Stream.concat(lease.differences().stream(), target.differences(function).stream())
                        .toList());
    }

    /** Returns the handlers of the checks that may run. */
    private static Stream<ProjectHandler> handlers(Request request, String target) {
        String runtime = request.stack().config().function().runtime();
        return request.checks().stream()
                .filter(check -> check.when().allows(When.Fact.TARGET, target)
                        && check.when().allows(When.Fact.RUNTIME, runtime))
                .flatMap(check -> check.handler().stream());
    }

    static void warnOfLongerTimeouts(List<Check> checks, Duration limit, ReportLog log) {
        checks.forEach(check -> check.command()
                .timeout()
                .filter(timeout -> timeout.compareTo(limit) > 0)
                .ifPresent(timeout -> log.warn("The timeout of check '" + check.name() + "' is "
                        + DurationText.format(timeout) + ", but the function's timeout of "
                        + DurationText.format(limit) + " ends it before; set a longer timeout (lshell.timeout)")));
    }
}
