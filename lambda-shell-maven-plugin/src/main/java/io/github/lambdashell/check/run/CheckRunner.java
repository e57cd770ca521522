package io.github.lambdashell.check.run;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.RunEnvironment;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.session.StepRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Runs checks, optionally several at once, and reports them in the order in which they are declared. */
public final class CheckRunner {
    /** After so many errors in a row the stack is taken to be gone. */
    static final int MAX_ERRORS_IN_A_ROW = 3;

    private final CheckAttempts attempts;
    private final Options options;
    private final List<RunListener> listeners;
    private final AtomicReference<String> stop = new AtomicReference<>();

    /**
     * The options of a run.
     *
     * @param title the run's name in the reports, not null
     * @param environment returns the run's environment, whose isolation may be known only at its end; not null
     * @param parallel the number of requests, and so of sandboxes, at once, 1 or more
     * @param failFast whether no check begins after one has failed
     * @param secrets masked in all results, not null
     */
    public record Options(
            String title, Supplier<RunEnvironment> environment, int parallel, boolean failFast, Secrets secrets) {}

    /**
     * @param runner runs the requests, not null
     * @param options the options, not null
     * @param listeners receive the results, not null
     */
    public CheckRunner(StepRunner runner, Options options, List<RunListener> listeners) {
        this.attempts = new CheckAttempts(runner, options.secrets());
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
        ExecutorService workers = Executors.newFixedThreadPool(options.parallel(), work -> {
            Thread thread = new Thread(work, "lshell-check");
            thread.setDaemon(true);
            return thread;
        });
        List<Future<CheckResult>> running = checks.stream()
                .map(check -> workers.submit(() -> runOne(check)))
                .toList();
        boolean interrupted = false;
        try {
            for (Future<CheckResult> result : running) {
                finish(await(result), results);
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
                options.secrets().mask(options.title()),
                options.environment().get(),
                started,
                elapsed,
                interrupted,
                results);
    }

    private void finish(CheckResult result, List<CheckResult> results) {
        results.add(result);
        listeners.forEach(listener -> listener.finished(result));
    }

    /** Returns the result of a check that had begun when the run was interrupted. */
    private CheckResult interrupted(Check check, Future<CheckResult> result) {
        if (result.isDone()) {
            try {
                return await(result);
            } catch (InterruptedException e) {
                // It was interrupted itself, by the end of the workers.
            }
        }
        return attempts.error(
                check, "The build was interrupted while it ran, so its outcome is unknown", 1, Duration.ZERO);
    }

    private CheckResult runOne(Check check) throws InterruptedException {
        if (check.skip()) {
            return attempts.skipped(check, "skip is true");
        }
        String target = options.environment().get().target();
        Optional<Check.TargetRequirement> unmet =
                check.requirement().filter(required -> !required.target().equals(target));
        if (unmet.isPresent()) {
            return attempts.skipped(
                    check,
                    unmet.get().reason() + "; run it with target=" + unmet.get().target());
        }
        String reason = stop.get();
        if (reason != null) {
            return attempts.skipped(check, reason);
        }
        CheckResult result = attempts.run(check);
        stopAfter(result).ifPresent(stopped -> stop.compareAndSet(null, stopped));
        return result;
    }

    /** Returns the reason why no further check begins. */
    private Optional<String> stopAfter(CheckResult result) {
        String name = result.check().name();
        if (options.failFast() && result.status() != Status.PASSED) {
            return Optional.of("failFast, and \"" + name + "\" did not pass");
        }
        if (attempts.errorsInARow() >= MAX_ERRORS_IN_A_ROW) {
            return Optional.of(
                    MAX_ERRORS_IN_A_ROW + " checks in a row could not be run, the last was \"" + name + "\"");
        }
        return Optional.empty();
    }

    private static CheckResult await(Future<CheckResult> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
