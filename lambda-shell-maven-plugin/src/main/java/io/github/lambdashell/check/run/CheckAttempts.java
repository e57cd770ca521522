package io.github.lambdashell.check.run;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.RunEnvironment;
import io.github.lambdashell.check.Samples;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.Waiver;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.protocol.Stragglers;
import io.github.lambdashell.session.StepResult;
import io.github.lambdashell.session.StepRunner;
import io.github.lambdashell.session.StepsResult;
import io.github.lambdashell.target.CommandFaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs checks with their retries. Secrets are masked here and only here: expectations see the output as it is, results
 * have none. Thread-safe.
 */
final class CheckAttempts {
    private final StepRunner runner;
    private final Set<String> secretNames;
    private final Clock clock;
    private final Supplier<RunEnvironment> environment;
    private volatile Secrets secrets;
    private final AtomicLong kept = new AtomicLong();
    private final AtomicInteger errorsInARow = new AtomicInteger();

    CheckAttempts(StepRunner runner, CheckRunner.Options options) {
        this.runner = runner;
        this.secretNames = options.secretNames();
        this.clock = options.clock();
        this.environment = options.environment();
        this.secrets = options.secrets();
    }

    /** Masks values from now on whose names are those of secrets. */
    synchronized void maskSecretsOf(Map<String, String> values) {
        List<String> secret = values.entrySet().stream()
                .filter(entry -> secretNames.contains(entry.getKey()) && entry.getValue() != null)
                .map(Map.Entry::getValue)
                .toList();
        if (!secret.isEmpty()) {
            secrets = secrets.and(secret);
        }
    }

    /** Returns the text without secrets. */
    String masked(String text) {
        return secrets.mask(text);
    }

    /**
     * The result of a check, and what only later checks may see.
     *
     * @param result the result, without secrets
     * @param captures captured values by name, as they are
     */
    record Attempted(CheckResult result, Map<String, String> captures) {
        static Attempted without(CheckResult result) {
            return new Attempted(result, Map.of());
        }
    }

    /** Returns how many of the last attempts did not reach a working function, whatever their commands did. */
    int errorsInARow() {
        return errorsInARow.get();
    }

    Attempted run(Check check) throws InterruptedException {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            Attempted attempted = attempt(check, attempt, start);
            CheckResult result = attempted.result();
            if (result.status() != Status.FAILED || attempt > check.retry().retries()) {
                return new Attempted(withWaiver(check, result), attempted.captures());
            }
            Thread.sleep(check.retry().delay().toMillis());
        }
    }

    private CheckResult withWaiver(Check check, CheckResult result) {
        return check.waiver()
                .map(waiver -> new Waiver(waiver.until(), secrets.mask(waiver.reason())))
                .map(waiver -> result.with(waiver, clock))
                .orElse(result);
    }

    /**
     * Starts a sandbox that no check uses.
     *
     * @throws ShellException if the function could not be invoked or failed
     */
    void startSandbox() throws InterruptedException {
        try {
            runner.isolated().run(List.of(Step.of("isolation", "true"))).close();
        } catch (IOException e) {
            throw new ShellException("Can't start a sandbox: " + e, "Run the goal again");
        }
    }

    /** Returns the result of a check that can't run with the values of earlier checks. */
    CheckResult failed(Check check, List<String> violations) {
        List<Violation> masked =
                violations.stream().map(Violation::of).map(this::masked).toList();
        CheckResult result =
                new CheckResult(masked(check), Status.FAILED, masked, "", 0, Duration.ZERO, Optional.empty(), Map.of());
        return withWaiver(check, result);
    }

    /** Returns the result of a check that did not run. */
    CheckResult skipped(Check check, String reason) {
        return CheckResult.skipped(masked(check), secrets.mask(reason));
    }

    /** Returns the result of a check that could not be judged. */
    CheckResult error(Check check, String reason, int attempts, Duration elapsed) {
        return CheckResult.error(masked(check), secrets.mask(reason), attempts, elapsed);
    }

    private Attempted attempt(Check check, int attempt, long start) throws InterruptedException {
        StepRunner sandboxes = check.isolate() ? runner.isolated() : runner;
        StepRunner chosen = check.handler().map(sandboxes::with).orElse(sandboxes);
        try {
            return check.samples().isSampled()
                    ? sampled(check, chosen, attempt, start)
                    : once(check, chosen, attempt, start);
        } catch (CommandFaultException e) {
            errorsInARow.set(0);
            return Attempted.without(error(check, e.getMessage(), attempt, since(start)));
        } catch (ShellException e) {
            errorsInARow.incrementAndGet();
            return Attempted.without(error(check, e.getMessage(), attempt, since(start)));
        } catch (IOException | UncheckedIOException e) {
            return Attempted.without(error(check, "Can't evaluate the command's output: " + e, attempt, since(start)));
        }
    }

    private Attempted once(Check check, StepRunner chosen, int attempt, long start)
            throws InterruptedException, IOException {
        CheckRequest request = new CheckRequest(check, Optional.empty());
        try (Sampling sampling = Sampling.run(chosen, request.steps())) {
            errorsInARow.set(0);
            return judge(check, request, sampling, attempt, start);
        }
    }

    private Attempted sampled(Check check, StepRunner chosen, int attempt, long start)
            throws InterruptedException, IOException {
        int count = check.samples().count();
        try (Gate gate = new Gate(chosen.sideChannel(), count)) {
            CheckRequest request = new CheckRequest(check, Optional.of(gate.step()));
            try (Sampling sampling = Sampling.run(chosen, request.steps(), count, gate)) {
                errorsInARow.set(0);
                return sampling.environments() == count
                        ? judge(check, request, sampling, attempt, start)
                        : Attempted.without(
                                error(check, tooFew(sampling.environments(), count), attempt, since(start)));
            }
        }
    }

    private String tooFew(long environments, int count) {
        String remedy = environment.get().target().equals("aws")
                ? "allow the function " + count + " concurrent executions (its reserved concurrency, and the account's"
                        + " unreserved concurrency under Service Quotas in the console), or use fewer samples"
                : "run the goal when this machine is less busy, or use fewer samples";
        return "The " + count + " samples ran in only " + Text.count(environments, "execution environment")
                + ", because not all began in time; " + remedy;
    }

    private Attempted judge(Check check, CheckRequest request, Sampling sampling, int attempt, long start)
            throws IOException {
        List<CheckRequest.Outcome> outcomes = new ArrayList<>();
        List<Samples.Sample> samples = new ArrayList<>();
        for (StepsResult result : sampling.results()) {
            CheckRequest.Outcome outcome = request.judge(result);
            outcomes.add(outcome);
            if (check.samples().isSampled()) {
                samples.add(request.sample(result, !outcome.violations().isEmpty()));
            }
        }
        List<Violation> violations = new ArrayList<>(Sampling.merged(
                outcomes.stream().map(CheckRequest.Outcome::violations).toList()));
        check.samples().spread().forEach(spread -> violations.addAll(spread.violations(samples)));
        // Only a check that is not sampled has captures.
        Map<String, String> captures = outcomes.get(0).captures();
        maskSecretsOf(captures);
        List<Violation> masked = violations.stream().map(this::masked).toList();
        Status status = masked.isEmpty() ? Status.PASSED : Status.FAILED;
        // The first one with a violation, otherwise the first one.
        int shown = IntStream.range(0, outcomes.size())
                .filter(index -> !outcomes.get(index).violations().isEmpty())
                .findFirst()
                .orElse(0);
        Optional<StepResult> command = outcomes.get(shown).command();
        Optional<CheckResult.Run> run = command.isPresent()
                ? Optional.of(run(command.get(), sampling.results().get(shown), status, samples))
                : Optional.empty();
        Map<String, String> shownCaptures = new LinkedHashMap<>();
        captures.forEach((name, value) -> shownCaptures.put(name, secrets.mask(value)));
        CheckResult judged =
                new CheckResult(masked(check), status, masked, "", attempt, since(start), run, shownCaptures);
        return new Attempted(judged, captures);
    }

    private CheckResult.Run run(StepResult command, StepsResult result, Status status, List<Samples.Sample> samples)
            throws IOException {
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
                        .toList()),
                samples);
    }

    private Violation masked(Violation violation) {
        return new Violation(
                secrets.mask(violation.text()),
                violation.diff().stream().map(secrets::mask).toList(),
                secrets.mask(violation.hint()),
                violation.changes().stream().map(this::masked).toList());
    }

    private Violation.Change masked(Violation.Change change) {
        return new Violation.Change(
                change.group(), secrets.mask(change.name()), maskedValue(change.before()), maskedValue(change.after()));
    }

    /** @param value null for none */
    private String maskedValue(String value) {
        return value == null ? null : secrets.mask(value);
    }

    private Check masked(Check check) {
        return check.withTexts(secrets::mask);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
