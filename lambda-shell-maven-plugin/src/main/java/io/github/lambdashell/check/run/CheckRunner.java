package io.github.lambdashell.check.run;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckListener;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Surroundings;
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

/** Runs a list of checks, several at once if so told, and answers in the order in which they are declared. */
public final class CheckRunner {
    /** After so many that reached no working function the stack is taken to be gone. */
    static final int MISSED_IN_A_ROW = 3;

    private final CheckAttempts attempts;
    private final Options options;
    private final CheckListener listener;
    private final AtomicReference<String> stop = new AtomicReference<>();

    /**
     * How checks are run.
     *
     * @param title names the run in the reports, not null
     * @param surroundings tells at the run's end where it was, not null
     * @param parallel how many requests, and so sandboxes, at once, 1 or more
     * @param failFast whether no check begins after one has failed
     */
    public record Options(String title, Supplier<Surroundings> surroundings, int parallel, boolean failFast) {}

    /**
     * @param runner runs the requests, not null
     * @param options how, not null
     * @param listener hears of each check, not null
     */
    public CheckRunner(StepRunner runner, Options options, CheckListener listener) {
        this.attempts = new CheckAttempts(runner, listener);
        this.options = options;
        this.listener = listener;
    }

    /**
     * Runs them all, or as many as it can until its thread is interrupted. To be called once.
     *
     * @return a result for each; of an interrupted run it tells which checks did not run, or not to their end
     */
    public CheckReport run(List<Check> checks) {
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
                    results.add(CheckResult.skipped(checks.get(i), "the build was interrupted before it ran"));
                } else {
                    finish(lastWord(checks.get(i), result), results);
                }
            }
        } finally {
            workers.shutdownNow();
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new CheckReport(options.title(), options.surroundings().get(), started, elapsed, interrupted, results);
    }

    private void finish(CheckResult result, List<CheckResult> results) {
        results.add(result);
        synchronized (listener) {
            listener.finished(result);
        }
    }

    /** What is known of a check that had begun when the run was interrupted. */
    private static CheckResult lastWord(Check check, Future<CheckResult> result) {
        if (result.isDone()) {
            try {
                return await(result);
            } catch (InterruptedException e) {
                // It was interrupted itself, by the end of the workers.
            }
        }
        return CheckResult.error(
                check, "The build was interrupted while it ran, so nobody knows how it ended", 1, Duration.ZERO);
    }

    private CheckResult runOne(Check check) throws InterruptedException {
        if (check.skip()) {
            return CheckResult.skipped(check, "skip is true");
        }
        String reason = stop.get();
        if (reason != null) {
            return CheckResult.skipped(check, reason);
        }
        CheckResult result = attempts.run(check);
        stopAfter(result).ifPresent(stopped -> stop.compareAndSet(null, stopped));
        return result;
    }

    /** Why no further check begins. */
    private Optional<String> stopAfter(CheckResult result) {
        String name = result.check().name();
        if (options.failFast() && result.status() != Status.PASSED) {
            return Optional.of("failFast, and \"" + name + "\" did not pass");
        }
        if (attempts.missedInARow() >= MISSED_IN_A_ROW) {
            return Optional.of(MISSED_IN_A_ROW + " checks in a row could not be run, the last was \"" + name + "\"");
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
