package io.github.lambdashell.run;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.MatrixReport;
import io.github.lambdashell.check.MatrixReport.Column;
import io.github.lambdashell.check.RunEnvironment;
import io.github.lambdashell.check.When;
import io.github.lambdashell.check.run.RunLimits;
import io.github.lambdashell.check.run.RunListener;
import io.github.lambdashell.check.run.SignalHook;
import io.github.lambdashell.check.run.Workers;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.LambdaRuntimes;
import io.github.lambdashell.config.RuntimeFamily;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.report.ConsoleReport;
import io.github.lambdashell.report.FileReports;
import io.github.lambdashell.report.ReportLog;
import io.github.lambdashell.report.RunFailure;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Runs one list of checks in several environments, each in a temporary stack, and writes one report. */
public final class RunMatrix {
    /** The number of stacks at once, if not more checks run at once. */
    private static final int MIN_STACKS = 4;

    private final Target target;
    private final Request request;
    private final ReportLog log;
    private final DeployListener listener;
    private final RunLimits limits;
    /** Why environments can't be run, by their names. */
    private final Map<String, String> missing = new HashMap<>();
    /** Failures to delete stacks; guarded by itself. */
    private final List<ShellException> left = new ArrayList<>();

    private RunMatrix(Target target, Request request, ReportLog log, DeployListener listener) {
        this.target = target;
        this.request = request;
        this.log = log;
        this.listener = listener;
        this.limits = new RunLimits(request.parallel(), request.failFast());
        for (Environment environment : request.environments()) {
            target.missing(environment.function()).ifPresent(reason -> missing.put(environment.name(), reason));
        }
    }

    /**
     * An environment.
     *
     * @param name such as {@code java21-arm64}
     * @param stack its stack, which is deployed whether or not there is one of that name
     * @param memorySize its memory in MB if that is part of the name
     */
    public record Environment(String name, StackLease.Request stack, Optional<Integer> memorySize) {
        private FunctionSettings function() {
            return stack.config().function();
        }
    }

    /**
     * The checks and the environments.
     *
     * @param environments at least one, with different names
     * @param allowMissing whether environments that the target does not have do not fail the run
     * @param checks at least one
     * @param title see {@link RunChecks.Request}, as for the others
     */
    public record Request(
            List<Environment> environments,
            boolean allowMissing,
            List<Check> checks,
            String title,
            Path reports,
            List<String> secretVariables,
            int parallel,
            boolean failFast) {}

    /**
     * Runs the checks.
     *
     * @throws RunFailure if one did not pass in an environment, or an environment could not be run
     * @throws ShellException if a stack could not be removed, or a report not be written
     */
    public static void run(Target target, Request request, ReportLog log, DeployListener listener)
            throws RunFailure, InterruptedException {
        SignalHook hook = new SignalHook();
        try {
            new RunMatrix(target, request, log, listener).run();
        } finally {
            hook.release();
        }
    }

    /**
     * Validates the stacks of the environments that the target has, and reports those that it does not have.
     *
     * @throws ShellException if one can't be deployed
     */
    public static void validate(Target target, List<Environment> environments, DeployListener listener) {
        for (Environment environment : environments) {
            Optional<String> missing = target.missing(environment.function());
            listener.step("Environment " + environment.name()
                    + missing.map(reason -> " can't be run: " + reason).orElse(""));
            if (missing.isEmpty()) {
                target.prepare(environment.stack().config()).close();
            }
        }
    }

    private void run() throws RunFailure, InterruptedException {
        RunChecks.warnOfLongerTimeouts(
                request.checks(), request.environments().get(0).function().timeout(), log);
        Instant started = Instant.now();
        long start = System.nanoTime();
        List<Column> columns = columns();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        MatrixReport report = new MatrixReport(
                secrets(request.environments().get(0)).mask(request.title()), started, elapsed, columns);
        FileReports files = new FileReports(request.reports(), log);
        files.ended(report);
        new ConsoleReport(log).ended(report);
        try {
            RunFailure.throwIfFailed(report, files.page(report.title()));
        } catch (RunFailure e) {
            left.forEach(e::addSuppressed);
            throw e;
        }
        ShellException.throwIfAny(left);
    }

    private List<Column> columns() throws InterruptedException {
        List<Environment> environments = request.environments();
        int stacks = Math.min(environments.size(), Math.max(MIN_STACKS, request.parallel()));
        ExecutorService workers = Workers.pool(stacks, "lshell-environment");
        List<Future<Column>> running = environments.stream()
                .map(environment -> workers.submit(() -> column(environment)))
                .toList();
        List<Column> columns = new ArrayList<>();
        RuntimeException fault = null;
        for (int i = 0; i < running.size(); ) {
            try {
                columns.add(running.get(i).get());
                i++;
            } catch (CancellationException e) {
                columns.add(interrupted(environments.get(i++)));
            } catch (InterruptedException e) {
                stop(workers);
            } catch (ExecutionException e) {
                fault = new IllegalStateException(environments.get(i++).name() + " can't be run", e.getCause());
                stop(workers);
            }
        }
        workers.shutdown();
        if (fault != null) {
            throw fault;
        }
        return columns;
    }

    /** Interrupts the environments; those that have begun still remove their stacks. */
    private static void stop(ExecutorService workers) {
        if (!workers.isShutdown()) {
            workers.shutdownNow().forEach(notBegun -> ((Future<?>) notBegun).cancel(false));
        }
    }

    private Column column(Environment environment) {
        String reason = missing.get(environment.name());
        if (reason != null) {
            // A run without any environment would check nothing.
            boolean isAllowed = request.allowMissing()
                    && missing.size() < request.environments().size();
            return notRun(environment, reason, isAllowed);
        }
        try {
            StackLease lease = StackLease.temporary(target, environment.stack(), listener.named(environment.name()));
            try {
                return new Column(environment.name(), checked(environment, lease), Optional.empty());
            } finally {
                close(lease);
            }
        } catch (ShellException e) {
            return notRun(environment, e.getMessage(), false);
        } catch (InterruptedException e) {
            return interrupted(environment);
        }
    }

    private CheckReport checked(Environment environment, StackLease lease) throws InterruptedException {
        ConsoleReport console = new ConsoleReport(log, environment.name() + ": ");
        RunListener lines = new RunListener() {
            @Override
            public void finished(CheckResult result) {
                // A check may have several lines.
                synchronized (limits) {
                    console.finished(result);
                }
            }
        };
        RunChecks.Request checks = new RunChecks.Request(
                environment.stack(),
                checks(environment),
                title(environment),
                request.reports(),
                request.secretVariables(),
                request.parallel(),
                request.failFast());
        Map<String, String> facts = environment
                .memorySize()
                .map(size -> Map.of("LSHELL_MEMORY_SIZE", size.toString()))
                .orElse(Map.of());
        return RunChecks.run(target, lease, checks, limits, facts, List.of(lines));
    }

    private void close(StackLease lease) {
        try {
            lease.close();
        } catch (ShellException e) {
            synchronized (left) {
                left.add(e);
            }
        }
    }

    private String title(Environment environment) {
        return request.title() + "-" + environment.name();
    }

    /** Returns the checks for an environment: without a Java runtime there is no handler, so its events are skipped. */
    private List<Check> checks(Environment environment) {
        if (RuntimeFamily.of(environment.function().runtime()) == RuntimeFamily.JAVA) {
            return request.checks();
        }
        return request.checks().stream()
                .map(check -> check.command().event().isPresent()
                        ? check.with(check.when().and(When.Fact.RUNTIME, LambdaRuntimes.javaRuntimes()))
                        : check.withoutHandler())
                .toList();
    }

    private Column notRun(Environment environment, String reason, boolean isAllowed) {
        String line = secrets(environment).mask(reason.replaceAll("\\s+", " "));
        return new Column(
                environment.name(),
                without(
                        environment,
                        false,
                        check -> isAllowed
                                ? CheckResult.skipped(check, "not run: " + line)
                                : CheckResult.error(check, "not run: " + line, 0, Duration.ZERO)),
                Optional.of(line));
    }

    private Column interrupted(Environment environment) {
        String reason = "the build was interrupted before it ran";
        return new Column(
                environment.name(),
                without(environment, true, check -> CheckResult.skipped(check, reason)),
                Optional.of(reason));
    }

    /** Returns the report of an environment in which no check ran. */
    private CheckReport without(Environment environment, boolean interrupted, Function<Check, CheckResult> result) {
        Secrets secrets = secrets(environment);
        RunEnvironment described = new RunEnvironment(
                target.describe().name(),
                "not deployed",
                environment.function().runtime(),
                environment.function().architecture(),
                "not deployed",
                Optional.empty(),
                List.of());
        return new CheckReport(
                secrets.mask(title(environment)),
                described,
                Instant.now(),
                Duration.ZERO,
                interrupted,
                request.checks().stream()
                        .map(check -> result.apply(check.withTexts(secrets::mask)))
                        .toList());
    }

    private Secrets secrets(Environment environment) {
        return Targets.secrets(
                target,
                environment.stack().config(),
                request.secretVariables(),
                request.checks().stream().map(check -> check.command().environment()));
    }
}
