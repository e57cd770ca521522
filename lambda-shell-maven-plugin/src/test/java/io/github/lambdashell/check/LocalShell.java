package io.github.lambdashell.check;

import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.protocol.Stragglers;
import io.github.lambdashell.session.Output;
import io.github.lambdashell.session.StepResult;
import io.github.lambdashell.session.StepRunner;
import io.github.lambdashell.session.StepsResult;
import io.github.lambdashell.target.InvocationReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs steps as the function does, each in a fresh bash of this machine. */
public final class LocalShell implements StepRunner {
    private final AtomicInteger requests = new AtomicInteger();

    /** How many requests were made. */
    public int requests() {
        return requests.get();
    }

    @Override
    public StepsResult run(List<Step> steps) throws InterruptedException {
        boolean cold = requests.getAndIncrement() == 0;
        List<StepResult> results = new ArrayList<>();
        boolean failed = false;
        for (Step step : steps) {
            StepResult result = failed && step.skipAfterFailure() ? skipped(step) : run(step);
            failed |= !result.skipped() && (result.exitCode() != 0 || result.timedOut());
            results.add(result);
        }
        return new StepsResult(results, "sandbox-1", cold, Optional.of(report(cold)), Stragglers.NONE);
    }

    /** Numbers as they come from Lambda, of which only a cold start has an initialization. */
    private static InvocationReport report(boolean cold) {
        Optional<Duration> init = cold ? Optional.of(Duration.ofMillis(450)) : Optional.empty();
        return new InvocationReport(
                "REPORT RequestId: request",
                "request",
                Duration.ofMillis(12),
                Duration.ofMillis(13),
                512,
                100,
                init,
                Optional.empty(),
                Optional.empty());
    }

    private static StepResult skipped(Step step) {
        return new StepResult(
                step.name(), true, 0, false, Duration.ZERO, Optional.empty(), new Output(), new Output(), new Output());
    }

    private static StepResult run(Step step) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", step.command());
        for (Map.Entry<String, String> change : step.environment().entrySet()) {
            if (change.getValue() == null) {
                builder.environment().remove(change.getKey());
            } else {
                builder.environment().put(change.getKey(), change.getValue());
            }
        }
        if (step.workingDirectory() != null) {
            builder.directory(new java.io.File(step.workingDirectory()));
        }
        long start = System.nanoTime();
        try {
            Process process = builder.start();
            Output both = new Output();
            Output stdout = new Output();
            Output stderr = new Output();
            Thread out = drain(process.getInputStream(), stdout, both);
            Thread err = drain(process.getErrorStream(), stderr, both);
            process.getOutputStream().write(step.stdin());
            process.getOutputStream().close();
            long limit = step.timeout() == null ? 60_000 : step.timeout().toMillis();
            boolean ended = process.waitFor(limit, TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            int exitCode = process.waitFor();
            out.join();
            err.join();
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            return new StepResult(
                    step.name(), false, exitCode, !ended, duration, Optional.empty(), stdout, stderr, both);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread drain(InputStream in, Output own, Output both) {
        Thread thread = new Thread(() -> {
            byte[] bytes = new byte[8192];
            try (in) {
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    own.write(bytes, 0, count);
                    synchronized (both) {
                        both.write(bytes, 0, count);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.start();
        return thread;
    }
}
