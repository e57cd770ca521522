package io.github.lambdashell.check;

import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.protocol.HandlerResult.Error;
import io.github.lambdashell.protocol.HandlerResult.Growth;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.protocol.Stragglers;
import io.github.lambdashell.session.Output;
import io.github.lambdashell.session.StepResult;
import io.github.lambdashell.session.StepRunner;
import io.github.lambdashell.session.StepsResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** A runner whose handler returns a result that the test specifies; other steps succeed without output. */
public final class HandlerSteps implements StepRunner {
    /** The steps of all requests. */
    public final List<Step> steps = new ArrayList<>();
    /** The handlers of all requests. */
    public final List<ProjectHandler> handlers = new ArrayList<>();

    private String response = "";
    private String log = "";
    private boolean timedOut;
    private Duration duration = Duration.ofSeconds(5);
    private Optional<Duration> init = Optional.of(Duration.ofMillis(800));
    private Optional<Duration> restore = Optional.empty();
    private List<Duration> durations = List.of(Duration.ofNanos(1_500_000));
    private int failed;
    private List<Error> errors = List.of();
    private long maxMemory = 100 << 20;
    private Optional<Growth> growth = Optional.empty();
    private Optional<String> heapReason = Optional.empty();

    public HandlerSteps response(String text) {
        response = text;
        return this;
    }

    public HandlerSteps log(String text) {
        log = text;
        return this;
    }

    /** The handler had started in an earlier request. */
    public HandlerSteps warm() {
        init = Optional.empty();
        return this;
    }

    public HandlerSteps restored(Duration time) {
        restore = Optional.of(time);
        return this;
    }

    public HandlerSteps durationsMillis(long... millis) {
        durations = LongStream.of(millis).mapToObj(Duration::ofMillis).toList();
        return this;
    }

    public HandlerSteps errors(Error... all) {
        errors = Arrays.asList(all);
        failed = all.length;
        timedOut = errors.stream().anyMatch(error -> error.type().equals(Error.TIMEOUT));
        return this;
    }

    /** More invocations failed than errors are known. */
    public HandlerSteps failed(int count) {
        failed = count;
        return this;
    }

    public HandlerSteps took(Duration time) {
        duration = time;
        return this;
    }

    public HandlerSteps maxMemory(long bytes) {
        maxMemory = bytes;
        return this;
    }

    public HandlerSteps growth(Growth change) {
        growth = Optional.of(change);
        return this;
    }

    public HandlerSteps heapReason(String reason) {
        heapReason = Optional.of(reason);
        return this;
    }

    @Override
    public StepRunner with(ProjectHandler handler) {
        handlers.add(handler);
        return this;
    }

    @Override
    public StepsResult run(List<Step> requested) {
        steps.addAll(requested);
        return new StepsResult(
                requested.stream().map(this::result).toList(), "sandbox-1", true, Optional.empty(), Stragglers.NONE);
    }

    private StepResult result(Step step) {
        if (step.event().isEmpty()) {
            return new StepResult(
                    step.name(),
                    false,
                    0,
                    false,
                    Duration.ZERO,
                    Optional.empty(),
                    new Output(),
                    new Output(),
                    new Output());
        }
        HandlerResult handler =
                new HandlerResult(42, init, restore, durations, failed, errors, maxMemory, growth, heapReason);
        return new StepResult(
                step.name(),
                false,
                failed == 0 ? 0 : 1,
                timedOut,
                duration,
                Optional.of(handler),
                Output.of(response),
                Output.of(log),
                new Output());
    }

    /** Returns the violations of an event's check, whose other elements are written in YAML's flow style. */
    public List<String> violations(String elements) {
        String yaml = "- {handler: com.example.App, event: {id: 1}" + (elements.isEmpty() ? "" : ", " + elements) + "}";
        return Checks.run(yaml, this).stream()
                .flatMap(result -> result.violations().stream())
                .map(Violation::text)
                .toList();
    }
}
