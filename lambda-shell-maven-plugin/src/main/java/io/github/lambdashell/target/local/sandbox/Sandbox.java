package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.InvocationReport;
import io.github.lambdashell.target.local.extensions.SandboxExtensions;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.log.SandboxLog;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import io.github.lambdashell.target.local.runtimeapi.InvocationRequest;
import io.github.lambdashell.target.local.runtimeapi.ResponseSink;
import io.github.lambdashell.target.local.runtimeapi.RuntimeApi;
import io.github.lambdashell.target.local.sandbox.RuntimeProcess.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;

/**
 * One execution environment of a function. Used by one thread at a time; when its runtime has crashed or timed out, the
 * next invocation starts it again over the same /tmp.
 */
final class Sandbox {
    /** The messages of glibc's loader, and of a shell or env where the loader itself is missing. */
    private static final Pattern MISSING_LIBRARY =
            Pattern.compile("error while loading shared libraries|version `\\w+_[\\d.]+' not found"
                    + "|/var/lang/\\S+: (No such file|not found|cannot execute)|can't execute '/var/lang/");

    /** The messages of shells and env, where the interpreter of a script is missing; not those of the script itself. */
    private static final Pattern MISSING_INTERPRETER =
            Pattern.compile("^(?!/\\S*/bootstrap: ).*/bootstrap\\W.*(?:not found|No such file or directory)$");

    private final FunctionDefinition function;
    private final Optional<String> invalidEntrypoint;
    private final Duration timeout;
    private final RuntimeProcess runtime;
    private final SandboxExtensions extensions;
    private final SandboxLog log;
    private final SandboxWatch watch;
    private Optional<Initialization> prepared = Optional.empty();

    /**
     * A start of the runtime.
     *
     * @param failure why the runtime can't be used
     */
    private record Initialization(Duration duration, Optional<RuntimeFailure> failure) {}

    /** @param invalidEntrypoint why the runtime's program can't be started, in Lambda's words; empty if it can */
    Sandbox(
            FunctionDefinition function,
            Optional<String> invalidEntrypoint,
            RuntimeProcess runtime,
            SandboxLog log,
            ScheduledExecutorService timers) {
        this.invalidEntrypoint = invalidEntrypoint;
        this.function = function;
        this.timeout = function.settings().timeout();
        this.runtime = runtime;
        this.extensions = runtime.extensions();
        this.log = log;
        this.watch = new SandboxWatch(
                runtime.container(), log, function.settings().memorySize(), timeout, runtime::abort, timers);
    }

    FunctionDefinition function() {
        return function;
    }

    /**
     * Starts the runtime ahead of the first invocation, which reports it as its own initialization.
     *
     * @throws IOException if the machine can't start processes
     */
    void prepare() throws IOException, InterruptedException {
        log.beginTail();
        begin();
        try {
            prepared = Optional.of(initialize());
        } finally {
            end();
        }
    }

    private void begin() {
        watch.begin();
        extensions.setActive(true);
    }

    private void end() {
        extensions.setActive(false);
        watch.end();
    }

    /**
     * Runs one invocation, after an initialization if the runtime is not running.
     *
     * @throws IOException if the machine can't start processes
     * @throws ShellException if it can't start the runtime
     */
    InvocationResult invoke(InvocationRequest request, ResponseSink sink) throws IOException, InterruptedException {
        Optional<Initialization> initialization = prepared;
        prepared = Optional.empty();
        if (initialization.isEmpty()) {
            log.beginTail();
        }
        boolean hasFailed = initialization.flatMap(Initialization::failure).isPresent();
        RuntimeApi.End end = null;
        long begin;
        begin();
        try {
            if (!hasFailed && !runtime.isRunning()) {
                initialization = Optional.of(initialize());
            }
            watch.startTimeout();
            log.platformLine(PlatformLines.start(request.requestId()));
            begin = System.nanoTime();
            if (initialization.flatMap(Initialization::failure).isEmpty()) {
                end = runtime.invoke(request, Instant.now().plus(timeout), sink);
            }
        } finally {
            end();
        }
        Duration duration = since(begin);
        Outcome outcome = end == null
                ? failed(initialization.flatMap(Initialization::failure).orElseThrow(), request)
                : runtime.outcome(end, request.requestId());
        if (!extensions.isEmpty()) {
            extensions.runtimeDone(errorType(outcome));
        }
        if (outcome.runtime().isPresent()) {
            shutDown(outcome.runtime().get().isTimeout() ? "timeout" : "failure");
            runtime.kill();
        }
        InvocationReport report = PlatformLines.report(
                request.requestId(),
                duration,
                initialization.map(Initialization::duration),
                function.settings().memorySize(),
                // The watch finds a function that exceeds its memory only when it already has; on Lambda it can't.
                Math.min(
                        runtime.container().memory().peakMb(),
                        function.settings().memorySize()),
                outcome.runtime());
        log.platformLine(PlatformLines.end(report, outcome.runtime()));
        if (!extensions.isEmpty()) {
            extensions.report(report, errorType(outcome));
        }
        return new InvocationResult(outcome.answer(), report, log.laterTail());
    }

    private Initialization initialize() throws IOException, InterruptedException {
        log.platformLine(PlatformLines.initStart(function));
        long begin = System.nanoTime();
        Optional<RuntimeFailure> failure = invalidEntrypoint.isPresent()
                ? invalidEntrypoint.map(RuntimeFailure::invalidEntrypoint)
                : runtime.start(timeout);
        Duration duration = since(begin);
        if (!extensions.isEmpty()) {
            extensions.initialized(duration, failure.map(RuntimeFailure::type)).forEach(log::platformLine);
        }
        runtime.container().memory().sampleMb();
        return new Initialization(duration, failure);
    }

    private static Optional<String> errorType(Outcome outcome) {
        return outcome.runtime().map(RuntimeFailure::type).or(() -> outcome.answer()
                .map(Failure::type));
    }

    private Outcome failed(RuntimeFailure initFailure, InvocationRequest request) {
        requireLibraries();
        RuntimeFailure failure = findInLog(MISSING_INTERPRETER).isEmpty()
                ? initFailure
                : RuntimeFailure.invalidEntrypoint("fork/exec /var/task/bootstrap: no such file or directory");
        return new Outcome(Optional.of(failure.toFailure(request.requestId())), Optional.of(failure));
    }

    /** Fails if the runtime lacks libraries, which is not the function's fault; Lambda would report an exit status. */
    private void requireLibraries() {
        findInLog(MISSING_LIBRARY).ifPresent(line -> {
            throw new ShellException(
                    "The function's runtime can't start in the sandbox: " + line.strip(),
                    "With lshell.local.rootfs, this machine's JDK or Node needs the libraries it was built for; "
                            + "name a root file system that has them, or one with a runtime of its own in "
                            + "/var/lang, as AWS's base images have");
        });
    }

    private Optional<String> findInLog(Pattern message) {
        return new String(log.tail(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> message.matcher(line).find())
                .findFirst();
    }

    /** Tells the extensions of the end, while nothing is frozen. */
    private void shutDown(String reason) throws InterruptedException {
        if (extensions.areExternal()) {
            begin();
            try {
                runtime.shutDown(reason);
            } finally {
                end();
            }
        }
    }

    /** Ends everything in it, after its extensions have ended. */
    CompletableFuture<Void> destroy() {
        return extensions.areExternal()
                ? CompletableFuture.runAsync(this::shutDownUnlessInterrupted).thenCompose(nothing -> destroyNow())
                : destroyNow();
    }

    private void shutDownUnlessInterrupted() {
        try {
            shutDown("spindown");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Void> destroyNow() {
        watch.close();
        return runtime.destroy().whenComplete((nothing, problem) -> {
            extensions.end();
            log.close();
        });
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
