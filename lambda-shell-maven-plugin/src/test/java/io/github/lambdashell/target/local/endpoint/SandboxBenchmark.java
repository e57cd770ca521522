package io.github.lambdashell.target.local.endpoint;

import io.github.lambdashell.target.local.endpoint.LocalFunctions.Settings;
import io.github.lambdashell.target.local.runtimeapi.Extensions;
import io.github.lambdashell.target.local.runtimeapi.InvocationRequest;
import io.github.lambdashell.target.local.runtimeapi.ResponseSink;
import io.github.lambdashell.target.local.runtimeapi.RuntimeApi;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * What the endpoint and its sandboxes cost, beside floors of the same run: the same package served by the Runtime API
 * alone, and a bare start of the same JVM. Ends with 10,000 invocations, after which nothing may have grown.
 */
public final class SandboxBenchmark {
    private static final int WARM_UP = 2000;
    private static final int ROUNDS = 1000;
    private static final int COLD_STARTS = 7;
    private static final int SECONDS = 3;
    private static final int MANY = 10_000;
    private static final long MOST_GROWTH_BYTES = 8L << 20;
    private static final ResponseSink IGNORED = new ResponseSink() {
        @Override
        public void start(String contentType) {}

        @Override
        public void write(byte[] bytes) {}
    };
    private static final String EVENT = "{\"do\":\"echo\",\"value\":\"x\"}";

    private final LocalFunctions functions;
    private final Path code;

    private SandboxBenchmark(LocalFunctions functions) throws IOException {
        this.functions = functions;
        this.code = functions.raw().codeDirectory();
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "benchmark");
        try (LocalFunctions functions = new LocalFunctions(directory, SandboxOptions.DEFAULT)) {
            SandboxBenchmark benchmark = new SandboxBenchmark(functions);
            functions.invoke(EVENT);
            System.out.println("Sandboxes, isolation " + functions.isolation().orElseThrow());
            benchmark.warm();
            benchmark.cold();
            for (int threads : new int[] {1, 2, 8}) {
                benchmark.throughput(threads);
            }
            benchmark.growth();
        }
    }

    /** Streamed and asynchronous, as the plugin invokes: the SDK's blocking client waits 1 ms before each POST. */
    private void warm() throws Exception {
        double[] floor = new double[ROUNDS];
        double[] path = new double[ROUNDS];
        try (Direct direct = new Direct()) {
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                long start = System.nanoTime();
                direct.invoke();
                long between = System.nanoTime();
                functions.invokeStreaming(EVENT);
                long end = System.nanoTime();
                if (i >= 0) {
                    floor[i] = (between - start) / 1e6;
                    path[i] = (end - between) / 1e6;
                }
            }
        }
        print("a warm invocation", median(path), "the Runtime API alone", median(floor));
    }

    private void cold() throws Exception {
        double[] floor = new double[COLD_STARTS];
        double[] path = new double[COLD_STARTS];
        for (int i = 0; i < COLD_STARTS; i++) {
            functions.raw(new Settings().named("cold" + i));
            long start = System.nanoTime();
            Process process = runtime("127.0.0.1:9", "exit");
            process.waitFor();
            long between = System.nanoTime();
            functions.invoke("cold" + i, EVENT);
            floor[i] = (between - start) / 1e6;
            path[i] = (System.nanoTime() - between) / 1e6;
        }
        print("a cold start", median(path), "start and end of a bare JVM", median(floor));
    }

    private void throughput(int threads) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            count(callers, threads, 1);
            System.out.printf(
                    "  %-24s %.0f invocations/s%n",
                    threads + (threads == 1 ? " sandbox" : " sandboxes"),
                    (double) count(callers, threads, SECONDS) / SECONDS);
        } finally {
            callers.shutdownNow();
        }
    }

    private int count(ExecutorService callers, int threads, int seconds) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Future<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            counts.add(callers.submit(() -> {
                int count = 0;
                while (System.nanoTime() < end) {
                    functions.invoke(EVENT);
                    count++;
                }
                return count;
            }));
        }
        int sum = 0;
        for (Future<Integer> count : counts) {
            sum += count.get();
        }
        return sum;
    }

    private record Held(long heapBytes, int threads, long descriptors, long files) {}

    private void growth() throws Exception {
        Held before = held();
        for (int i = 0; i < MANY; i++) {
            functions.invoke(EVENT);
        }
        Held after = held();
        System.out.printf(
                "  %-24s heap %+d KB, threads %+d, descriptors %+d, files %+d%n",
                MANY + " invocations",
                (after.heapBytes - before.heapBytes) / 1024,
                after.threads - before.threads,
                after.descriptors - before.descriptors,
                after.files - before.files);
        if (after.heapBytes - before.heapBytes > MOST_GROWTH_BYTES
                || after.threads > before.threads + 2
                || after.descriptors > before.descriptors + 4
                || after.files > before.files) {
            throw new IllegalStateException("something grew: " + before + ", " + after);
        }
    }

    private Held held() throws Exception {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        try (Stream<Path> files = Files.walk(functions.directory);
                Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return new Held(
                    runtime.totalMemory() - runtime.freeMemory(),
                    Thread.activeCount(),
                    descriptors.count(),
                    files.count());
        }
    }

    /** The package's own runtime, started as the sandbox starts it but for the sandbox. */
    private Process runtime(String api, String boot) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java", "-cp", code.toString(), RawRuntime.class.getName());
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api);
        builder.environment().put("BOOT", boot);
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The same package on a Runtime API, with nothing around it. */
    private final class Direct implements AutoCloseable {
        private final RuntimeApi api = new RuntimeApi((peer, local) -> true, Extensions.NONE);
        private final Process process = runtime(api.address(), "");

        Direct() throws Exception {
            api.initialize(Duration.ofSeconds(10));
        }

        void invoke() throws InterruptedException {
            InvocationRequest request = new InvocationRequest(
                    UUID.randomUUID().toString(), "arn", EVENT.getBytes(StandardCharsets.UTF_8), Optional.empty());
            api.invoke(request, Instant.now().plusSeconds(60), IGNORED);
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
            api.close();
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void print(String what, double millis, String floor, double floorMillis) {
        System.out.printf(
                "  %-24s %.2f ms, %s %.2f ms, %.2f ms over it%n",
                what, millis, floor, floorMillis, millis - floorMillis);
    }
}
