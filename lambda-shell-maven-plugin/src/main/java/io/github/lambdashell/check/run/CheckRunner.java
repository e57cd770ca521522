package io.github.lambdashell.check.run;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckListener;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.session.StepRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a list of checks, several at once if so told, and answers in the order in which they are declared. */
public final class CheckRunner {
    /** So many errors in a row say that the stack is gone, not that a check is at fault. */
    static final int ERRORS_IN_A_ROW = 3;

    private final CheckAttempts attempts;
    private final Options options;
    private final CheckListener listener;
    private final AtomicReference<String> stop = new AtomicReference<>();
    private int errorsInARow;

    /**
     * How checks are run.
     *
     * @param title names the run in the reports, not null
     * @param parallel how many requests, and so sandboxes, at once, 1 or more
     * @param failFast whether no check begins after one has failed
     */
    public record Options(String title, int parallel, boolean failFast) {}

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
     * Runs them all. To be called once.
     *
     * @throws InterruptedException when the thread was interrupted; requests under way are then interrupted too
     */
    public CheckReport run(List<Check> checks) throws InterruptedException {
        Instant started = Instant.now();
        long start = System.nanoTime();
        List<CheckResult> results = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(options.parallel(), work -> {
            Thread thread = new Thread(work, "lshell-check");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<CheckResult>> running = new ArrayList<>();
            for (Check check : checks) {
                running.add(workers.submit(() -> runOne(check)));
            }
            for (Future<CheckResult> result : running) {
                CheckResult finished = await(result);
                results.add(finished);
                synchronized (listener) {
                    listener.finished(finished);
                }
            }
        } finally {
            workers.shutdownNow();
        }
        return new CheckReport(options.title(), started, Duration.ofNanos(System.nanoTime() - start), results);
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
    private synchronized Optional<String> stopAfter(CheckResult result) {
        errorsInARow = result.status() == Status.ERROR ? errorsInARow + 1 : 0;
        String name = result.check().name();
        if (options.failFast() && result.status() != Status.PASSED) {
            return Optional.of("failFast, and \"" + name + "\" did not pass");
        }
        if (errorsInARow == ERRORS_IN_A_ROW) {
            return Optional.of(ERRORS_IN_A_ROW + " checks in a row could not be run, the last was \"" + name + "\"");
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
