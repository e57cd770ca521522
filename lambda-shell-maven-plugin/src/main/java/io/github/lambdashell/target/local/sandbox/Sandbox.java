package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.log.SandboxLog;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import io.github.lambdashell.target.local.runtimeapi.Invocation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;

/**
 * One execution environment of a function. Used for one invocation at a time; when its runtime has crashed or timed
 * out, the next invocation starts it again over the same /tmp.
 */
final class Sandbox {
    /** How long a runtime whose connection broke may take to end, which then is the cause. */
    private static final Duration EXIT_AFTER_BREAK = Duration.ofSeconds(1);

    private final FunctionDefinition function;
    private final Duration timeout;
    private final RuntimeProcess runtime;
    private final SandboxLog log;
    private final SandboxWatch watch;

    Sandbox(FunctionDefinition function, RuntimeProcess runtime, SandboxLog log, ScheduledExecutorService timers) {
        this.function = function;
        this.timeout = Duration.ofSeconds(function.timeoutSeconds());
        this.runtime = runtime;
        this.log = log;
        this.watch = new SandboxWatch(runtime.container(), log, function.memorySizeMb(), timeout, timers);
    }

    FunctionDefinition function() {
        return function;
    }

    /**
     * How the parts of an invocation went.
     *
     * @param answer why there is no answer, or no whole one
     * @param runtime why the runtime can't go on
     */
    private record Outcome(Optional<Failure> answer, Optional<Failure> runtime) {}

    /**
     * Runs one invocation, with an initialization before it where the runtime doesn't run.
     *
     * @throws IOException when the machine can't start processes
     * @throws ShellException when it can't start the runtime
     */
    InvocationResult invoke(InvocationRequest request, ResponseSink sink) throws IOException, InterruptedException {
        log.beginTail();
        String requestId = request.requestId();
        Optional<Duration> initDuration = Optional.empty();
        Optional<Failure> initFailure = Optional.empty();
        if (!runtime.isRunning()) {
            log.platformLine(PlatformLines.initStart(function));
            long begin = System.nanoTime();
            initFailure = runtime.start(requestId, timeout);
            initDuration = Optional.of(since(begin));
            if (initFailure.isPresent()) {
                MissingLibraries.throwIfNamed(log.tail());
            }
            runtime.container().memory().sampleMb();
        }
        watch.wake();
        log.platformLine(PlatformLines.start(requestId));
        long begin = System.nanoTime();
        Outcome outcome = initFailure.isPresent() ? new Outcome(initFailure, initFailure) : run(request, sink);
        Duration duration = since(begin);
        if (outcome.runtime().isPresent()) {
            runtime.end();
        }
        outcome.runtime().ifPresent(failure -> log.platformLine(PlatformLines.failure(requestId, failure, timeout)));
        log.platformLine(PlatformLines.end(requestId));
        log.platformLine(PlatformLines.report(
                requestId,
                duration,
                initDuration,
                function.memorySizeMb(),
                // A function that took more than it has was found with it; Lambda gives none so much.
                Math.min(runtime.container().memory().peakMb(), function.memorySizeMb()),
                outcome.runtime()));
        return new InvocationResult(outcome.answer(), log.tail());
    }

    private Outcome run(InvocationRequest request, ResponseSink sink) throws InterruptedException {
        Invocation invocation = new Invocation(
                request.requestId(),
                function.arn(),
                request.event(),
                request.clientContext(),
                Instant.now().plus(timeout));
        Work work = runtime.offer(invocation);
        watch.begin(work, request.requestId());
        try {
            Optional<Failure> answer = ResponsePump.pump(invocation.response(), sink);
            boolean isBroken = answer.isPresent() && answer.get().type().equals(Failure.TRUNCATED);
            Optional<Failure> end = isBroken ? endBehind(work, answer) : work.await();
            return new Outcome(isBroken ? end : answer, end);
        } finally {
            watch.end();
        }
    }

    /** A connection that broke within an answer is most often the first sign of the process's end. */
    private static Optional<Failure> endBehind(Work work, Optional<Failure> broken) throws InterruptedException {
        try {
            Optional<Failure> end = work.await(EXIT_AFTER_BREAK);
            return end.isPresent() ? end : broken;
        } catch (TimeoutException e) {
            return broken;
        }
    }

    /** Ends everything in it. */
    CompletableFuture<Void> destroy() {
        watch.close();
        return runtime.destroy().whenComplete((nothing, problem) -> log.close());
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
