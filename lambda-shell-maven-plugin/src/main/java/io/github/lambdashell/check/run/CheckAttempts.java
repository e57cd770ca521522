package io.github.lambdashell.check.run;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.protocol.Stragglers;
import io.github.lambdashell.session.StepResult;
import io.github.lambdashell.session.StepRunner;
import io.github.lambdashell.session.StepsResult;
import io.github.lambdashell.target.CommandFaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs checks with their retries. Secrets are masked here and only here: expectations see the output as it is, results
 * have none. Thread-safe.
 */
final class CheckAttempts {
    private final StepRunner runner;
    private final Secrets secrets;
    private final AtomicLong kept = new AtomicLong();
    private final AtomicInteger errorsInARow = new AtomicInteger();

    CheckAttempts(StepRunner runner, Secrets secrets) {
        this.runner = runner;
        this.secrets = secrets;
    }

    /** Returns how many of the last attempts did not reach a working function, whatever their commands did. */
    int errorsInARow() {
        return errorsInARow.get();
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

    /** Returns the result of a check that did not run. */
    CheckResult skipped(Check check, String reason) {
        return CheckResult.skipped(masked(check), secrets.mask(reason));
    }

    /** Returns the result of a check that could not be judged. */
    CheckResult error(Check check, String reason, int attempts, Duration elapsed) {
        return CheckResult.error(masked(check), secrets.mask(reason), attempts, elapsed);
    }

    private CheckResult attempt(Check check, int attempt, long start) throws InterruptedException {
        CheckRequest request = new CheckRequest(check);
        StepRunner sandboxes = check.isolate() ? runner.isolated() : runner;
        StepRunner chosen = check.handler().map(sandboxes::with).orElse(sandboxes);
        try (StepsResult result = chosen.run(request.steps())) {
            errorsInARow.set(0);
            CheckRequest.Outcome outcome = request.judge(result);
            List<Violation> violations =
                    outcome.violations().stream().map(this::masked).toList();
            Status status = violations.isEmpty() ? Status.PASSED : Status.FAILED;
            Optional<CheckResult.Run> run = outcome.command().isPresent()
                    ? Optional.of(run(outcome.command().get(), result, status))
                    : Optional.empty();
            return new CheckResult(masked(check), status, violations, "", attempt, since(start), run);
        } catch (CommandFaultException e) {
            errorsInARow.set(0);
            return error(check, e.getMessage(), attempt, since(start));
        } catch (ShellException e) {
            errorsInARow.incrementAndGet();
            return error(check, e.getMessage(), attempt, since(start));
        } catch (IOException | UncheckedIOException e) {
            return error(check, "Can't evaluate the command's output: " + e, attempt, since(start));
        }
    }

    private CheckResult.Run run(StepResult command, StepsResult result, Status status) throws IOException {
        Excerpt stdout = Excerpt.of(command.stdout(), status, kept.get(), secrets);
        Excerpt stderr = Excerpt.of(command.stderr(), status, kept.get(), secrets);
        kept.addAndGet(stdout.kept() + stderr.kept());
        return new CheckResult.Run(
                command.exitCode(),
                command.timedOut(),
                command.duration(),
                result.sandbox(),
                result.coldStart(),
                result.metrics(),
                command.handler().map(handler -> handler.withTexts(secrets::mask)),
                stdout,
                stderr,
                new Stragglers(result.stragglers().processes().stream()
                        .map(secrets::mask)
                        .toList()));
    }

    private Violation masked(Violation violation) {
        return new Violation(
                secrets.mask(violation.text()),
                violation.diff().stream().map(secrets::mask).toList(),
                secrets.mask(violation.hint()));
    }

    private Check masked(Check check) {
        return check.withTexts(secrets::mask);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
