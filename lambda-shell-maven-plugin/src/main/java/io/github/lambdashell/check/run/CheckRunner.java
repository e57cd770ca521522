package io.github.lambdashell.check.run;

import io.github.lambdashell.check.Capture;
import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.References;
import io.github.lambdashell.check.RunEnvironment;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.When;
import io.github.lambdashell.check.run.CheckAttempts.Attempted;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.session.StepRunner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Runs checks, optionally several at once, and reports them in the order in which they are declared. */
public final class CheckRunner {
    /** After so many errors in a row the stack is taken to be gone. */
    static final int MAX_ERRORS_IN_A_ROW = 3;

    /** The ends of a check whose captures have no value. */
    private static final Map<Status, String> ENDED = Map.of(
            Status.FAILED, "failed",
            Status.WAIVED, "failed",
            Status.ERROR, "could not be checked",
            Status.SKIPPED, "was skipped");

    private final CheckAttempts attempts;
    private final Options options;
    private final List<RunListener> listeners;
    /** Why the stack is taken to be gone; null while it is not. */
    private final AtomicReference<String> gone = new AtomicReference<>();
    /** The checks by the names of what they capture, completed when they have ended. */
    private final Map<String, CompletableFuture<Attempted>> sources = new HashMap<>();

    /**
     * The options of a run.
     *
     * @param title the run's name in the reports, not null
     * @param environment returns the run's environment, whose isolation may be known only at its end; not null
     * @param limits the limits of the run, which it may share with others; not null
     * @param secrets masked in all results, not null
     * @param secretNames names of captures, and of variables, whose values are secrets too as soon as they are known; not
     *     null
     * @param clock decides whether a waiver holds, not null
     */
    public record Options(
            String title,
            Supplier<RunEnvironment> environment,
            RunLimits limits,
            Secrets secrets,
            Set<String> secretNames,
            Clock clock) {}

    /**
     * @param runner runs the requests, not null
     * @param options the options, not null
     * @param listeners receive the results, not null
     */
    public CheckRunner(StepRunner runner, Options options, List<RunListener> listeners) {
        this.attempts = new CheckAttempts(runner, options);
        this.options = options;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Runs the checks until the last one's end, or until a signal ends the JVM or its thread is interrupted; the
     * listeners receive the report in each case. Called once.
     *
     * @return a result for each check, also for those that did not run
     * @throws io.github.lambdashell.config.ShellException when a listener can't write its report
     */
    public CheckReport run(List<Check> checks) {
        SignalHook hook = new SignalHook();
        try {
            CheckReport report = runAll(checks);
            listeners.forEach(listener -> listener.ended(report));
            return report;
        } finally {
            hook.release();
        }
    }

    private CheckReport runAll(List<Check> checks) {
        Instant started = Instant.now();
        long start = System.nanoTime();
        List<CheckResult> results = new ArrayList<>();
        checks.stream()
                .flatMap(check -> check.captures().stream())
                .forEach(capture -> sources.put(capture.name(), new CompletableFuture<>()));
        ExecutorService workers = Workers.pool(options.limits().parallel(), "lshell-check");
        List<Future<CheckResult>> running = checks.stream()
                .map(check -> workers.submit(() -> runOne(check)))
                .toList();
        boolean interrupted = false;
        try {
            for (Future<CheckResult> result : running) {
                finish(Workers.await(result), results);
            }
        } catch (InterruptedException e) {
            interrupted = true;
            Set<Runnable> notBegun = Set.copyOf(workers.shutdownNow());
            for (int i = results.size(); i < checks.size(); i++) {
                Future<CheckResult> result = running.get(i);
                if (result instanceof Runnable work && notBegun.contains(work)) {
                    results.add(attempts.skipped(checks.get(i), "the build was interrupted before it ran"));
                } else {
                    finish(interrupted(checks.get(i), result), results);
                }
            }
        } finally {
            workers.shutdownNow();
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new CheckReport(
                attempts.masked(options.title()), options.environment().get(), started, elapsed, interrupted, results);
    }

    private void finish(CheckResult result, List<CheckResult> results) {
        results.add(result);
        listeners.forEach(listener -> listener.finished(result));
    }

    /** Returns the result of a check that had begun when the run was interrupted. */
    private CheckResult interrupted(Check check, Future<CheckResult> result) {
        if (result.isDone()) {
            try {
                return Workers.await(result);
            } catch (InterruptedException e) {
                // It was interrupted itself, by the end of the workers.
            }
        }
        return attempts.error(
                check, "The build was interrupted while it ran, so its outcome is unknown", 1, Duration.ZERO);
    }

    private CheckResult runOne(Check check) throws InterruptedException {
        Attempted attempted = null;
        try {
            attempted = attempt(check);
            return attempted.result();
        } finally {
            for (Capture capture : check.captures()) {
                if (attempted == null) {
                    sources.get(capture.name()).completeExceptionally(new InterruptedException());
                } else {
                    sources.get(capture.name()).complete(attempted);
                }
            }
        }
    }

    private Attempted attempt(Check declared) throws InterruptedException {
        try {
            Optional<String> leftOut = leftOut(declared);
            if (leftOut.isPresent()) {
                return Attempted.without(attempts.skipped(declared, leftOut.get()));
            }
        } catch (ShellException e) {
            return Attempted.without(attempts.error(declared, e.getMessage(), 0, Duration.ZERO));
        }
        Map<String, String> values = new HashMap<>();
        for (String name : declared.references().names()) {
            Attempted source = Workers.await(sources.get(name));
            Status status = source.result().status();
            boolean isUsable = status == Status.PASSED || status == Status.WAIVED;
            if (!isUsable || !source.captures().containsKey(name)) {
                return Attempted.without(attempts.skipped(
                        declared,
                        "${{" + name + "}} has no value, because "
                                + Text.quote(source.result().check().name()) + " " + ENDED.get(status)));
            }
            values.put(name, source.captures().get(name));
        }
        options.limits().begin();
        try {
            Optional<String> stopped = stopped();
            return stopped.isPresent()
                    ? Attempted.without(attempts.skipped(declared, stopped.get()))
                    : attempt(declared, values);
        } finally {
            options.limits().end();
        }
    }

    private Attempted attempt(Check declared, Map<String, String> values) throws InterruptedException {
        Check check = declared;
        if (!values.isEmpty()) {
            References.Resolved resolved = declared.references().resolver().apply(values);
            if (!resolved.problems().isEmpty()) {
                return ended(Attempted.without(attempts.failed(declared, resolved.problems())));
            }
            check = resolved.check();
            attempts.maskSecretsOf(check.command().environment());
        }
        return ended(attempts.run(check));
    }

    private Attempted ended(Attempted attempted) {
        CheckResult result = attempted.result();
        if (result.status().isProblem()) {
            options.limits().failed(result.check().name());
        }
        if (attempts.errorsInARow() >= MAX_ERRORS_IN_A_ROW) {
            gone.compareAndSet(
                    null,
                    MAX_ERRORS_IN_A_ROW + " checks in a row could not be run, the last was \""
                            + result.check().name() + "\"");
        }
        return attempted;
    }

    /** Returns why no further check begins; empty if it may. */
    private Optional<String> stopped() {
        return options.limits().stopped().or(() -> Optional.ofNullable(gone.get()));
    }

    /** Returns why a check does not run, whatever other checks do; empty if it may run. */
    private Optional<String> leftOut(Check check) throws InterruptedException {
        if (check.skip()) {
            return Optional.of("skip is true");
        }
        RunEnvironment environment = options.environment().get();
        Optional<Check.TargetRequirement> unmet =
                check.requirement().filter(required -> !required.target().equals(environment.target()));
        if (unmet.isPresent()) {
            return Optional.of(
                    unmet.get().reason() + "; run it with target=" + unmet.get().target());
        }
        Optional<String> before = check.when().unmetBefore(environment);
        boolean dependsOnIsolation = check.when().facts().containsKey(When.Fact.ISOLATION);
        if (before.isPresent() || !dependsOnIsolation || stopped().isPresent()) {
            return before;
        }
        return check.when().unmet(withIsolation(environment));
    }

    /** Returns the environment with the isolation, which the local target chooses when the first function runs. */
    private RunEnvironment withIsolation(RunEnvironment environment) throws InterruptedException {
        if (environment.isolation().isPresent() || !environment.target().equals("local")) {
            return environment;
        }
        options.limits().begin();
        try {
            attempts.startSandbox();
        } finally {
            options.limits().end();
        }
        return options.environment().get();
    }
}
