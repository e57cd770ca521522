package io.github.lambdashell.check.run;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckListener;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.session.StepResult;
import io.github.lambdashell.session.StepRunner;
import io.github.lambdashell.session.StepsResult;
import io.github.lambdashell.target.CommandFaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Runs one check, again where it may be retried, and judges it. Safe for use by several threads. */
final class CheckAttempts {
    private final StepRunner runner;
    private final CheckListener listener;
    private final AtomicLong kept = new AtomicLong();
    private final AtomicInteger missedInARow = new AtomicInteger();

    CheckAttempts(StepRunner runner, CheckListener listener) {
        this.runner = runner;
        this.listener = listener;
    }

    /** How many of the last attempts did not reach a function that works, whatever their commands do. */
    int missedInARow() {
        return missedInARow.get();
    }

    CheckResult run(Check check) throws InterruptedException {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            CheckResult result = attempt(check, attempt, start);
            if (result.status() != Status.FAILED || attempt > check.retry().retries()) {
                return result;
            }
            Thread.sleep(check.retry().delay().toMillis());
        }
    }

    private CheckResult attempt(Check check, int attempt, long start) throws InterruptedException {
        CheckRequest request = new CheckRequest(check);
        try (StepsResult result = runner.run(request.steps())) {
            missedInARow.set(0);
            CheckRequest.Outcome outcome = request.judge(result);
            if (outcome.command().isPresent()) {
                synchronized (listener) {
                    listener.ran(check, outcome.command().get());
                }
            }
            Status status = outcome.violations().isEmpty() ? Status.PASSED : Status.FAILED;
            Optional<CheckResult.Run> run = Optional.empty();
            if (outcome.command().isPresent()) {
                run = Optional.of(kept(outcome.command().get(), result, status));
            }
            return new CheckResult(check, status, outcome.violations(), "", attempt, since(start), run);
        } catch (CommandFaultException e) {
            missedInARow.set(0);
            return CheckResult.error(check, e.getMessage(), attempt, since(start));
        } catch (ShellException e) {
            missedInARow.incrementAndGet();
            return CheckResult.error(check, e.getMessage(), attempt, since(start));
        } catch (IOException | UncheckedIOException e) {
            String reason = "The command's output could not be judged: " + e;
            return CheckResult.error(check, reason, attempt, since(start));
        }
    }

    private CheckResult.Run kept(StepResult command, StepsResult result, Status status) throws IOException {
        Excerpt stdout = Excerpt.of(command.stdout(), status, kept.get());
        Excerpt stderr = Excerpt.of(command.stderr(), status, kept.get());
        kept.addAndGet(stdout.kept() + stderr.kept());
        return new CheckResult.Run(
                command.exitCode(),
                command.timedOut(),
                command.duration(),
                result.sandbox(),
                result.coldStart(),
                result.metrics(),
                stdout,
                stderr,
                result.stragglers());
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
