package io.github.lambdashell.check.run;

import io.github.lambdashell.check.Violation;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.session.StepRunner;
import io.github.lambdashell.session.StepsResult;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results of a check's requests, which are sent at the same time. Each holds its execution environment until the last
 * one has begun, so that no two share one.
 *
 * @param results one for each request, in the order of their numbers; at least one
 */
record Sampling(List<StepsResult> results) implements Closeable {
    /** Prints the facts of an execution environment. */
    static final String SCRIPT = script();

    private static String script() {
        try (InputStream in = Sampling.class.getResourceAsStream("sample.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the plugin's resource sample.sh", e);
        }
    }

    /** Sends a request whose check is not sampled. */
    static Sampling run(StepRunner runner, List<Step> steps) throws InterruptedException {
        return new Sampling(List.of(runner.run(steps)));
    }

    /**
     * Sends the same request several times at once.
     *
     * @param gate the gate behind which they wait for each other, not null
     * @throws io.github.lambdashell.config.ShellException if one could not be sent or the function failed
     */
    static Sampling run(StepRunner runner, List<Step> steps, int count, Gate gate) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(count);
        ExecutorService workers = Workers.pool(count, "lshell-sample");
        List<Future<StepsResult>> running = Stream.generate(() -> workers.submit(() -> {
                    ready.countDown();
                    ready.await();
                    try {
                        return runner.run(steps, gate::begun);
                    } catch (ShellException e) {
                        gate.fail();
                        throw e;
                    }
                }))
                .limit(count)
                .toList();
        List<StepsResult> results = new ArrayList<>();
        try {
            gate.openWhenAllHaveBegun();
            for (Future<StepsResult> result : running) {
                results.add(Workers.await(result));
            }
            return new Sampling(results);
        } finally {
            workers.shutdownNow();
            if (results.size() < count) {
                closeEnded(running);
            }
        }
    }

    private static void closeEnded(List<Future<StepsResult>> running) throws InterruptedException {
        for (Future<StepsResult> result : running) {
            if (result.isDone() && !result.isCancelled()) {
                try {
                    result.get().close();
                } catch (ExecutionException e) {
                    // It has no result; the first failure is reported.
                } catch (IOException e) {
                    throw new UncheckedIOException("can't remove a temporary file", e);
                }
            }
        }
    }

    /** Returns the number of different execution environments. */
    long environments() {
        return results.stream().map(StepsResult::sandbox).distinct().count();
    }

    /**
     * Returns the violations of all samples, each once, with the samples that have it.
     *
     * @param ofSamples the violations of each sample, not null
     */
    static List<Violation> merged(List<List<Violation>> ofSamples) {
        if (ofSamples.size() == 1) {
            return ofSamples.get(0);
        }
        Map<Violation, List<Integer>> samples = new LinkedHashMap<>();
        for (int i = 0; i < ofSamples.size(); i++) {
            int number = i + 1;
            ofSamples.get(i).stream().distinct().forEach(violation -> samples.computeIfAbsent(
                            violation, each -> new ArrayList<>())
                    .add(number));
        }
        return samples.entrySet().stream()
                .map(entry -> new Violation(
                        subject(entry.getValue(), ofSamples.size()) + ": "
                                + entry.getKey().text(),
                        entry.getKey().diff(),
                        entry.getKey().hint(),
                        entry.getKey().changes()))
                .toList();
    }

    private static String subject(List<Integer> numbers, int count) {
        if (numbers.size() == count) {
            return "all " + count + " samples";
        }
        String listed = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return (numbers.size() == 1 ? "sample " : "samples ") + listed + " of " + count;
    }

    /** Deletes the temporary files of the outputs. */
    @Override
    public void close() throws IOException {
        for (StepsResult result : results) {
            result.close();
        }
    }
}
