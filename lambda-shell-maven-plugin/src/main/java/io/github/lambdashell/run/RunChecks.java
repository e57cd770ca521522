package io.github.lambdashell.run;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Surroundings;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.report.Console;
import io.github.lambdashell.report.ReportedRun;
import io.github.lambdashell.report.text.Masker;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.ExecutionTarget;
import io.github.lambdashell.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs checks in a stack and writes the reports. */
public final class RunChecks {
    private RunChecks() {}

    /**
     * What to run.
     *
     * @param stack the stack to use
     * @param checks at least one
     * @param title name of the run in the reports
     * @param reports directory of the reports
     * @param masker removes secrets from what is shown and reported
     * @param parallel number of checks that run at once, at least 1
     * @param failFast whether no check starts after one has failed
     */
    public record Request(
            StackLease.Request stack,
            List<Check> checks,
            String title,
            Path reports,
            Masker masker,
            int parallel,
            boolean failFast) {}

    /**
     * Runs them.
     *
     * @return how they failed; empty if all passed
     * @throws io.github.lambdashell.config.ShellException if they could not be run
     */
    public static Optional<String> run(Target target, Request request, Console console, DeployListener listener)
            throws InterruptedException {
        ReportedRun run = new ReportedRun(console, request.reports(), request.masker());
        try (StackLease lease = StackLease.take(target, request.stack(), listener)) {
            CheckRunner.Options options = new CheckRunner.Options(
                    request.title(),
                    () -> {
                        ExecutionTarget described = target.describe();
                        return new Surroundings(described.name(), lease.stack().name(), described.isolation());
                    },
                    request.parallel(),
                    request.failFast());
            Connection connection =
                    Connection.to(lease.stack(), target, request.stack().home());
            return run.run(new StepSession(connection.function()), options, request.checks());
        }
    }
}
