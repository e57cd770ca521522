package io.github.lambdashell.benchmark;

import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.ready.Environment;
import io.github.lambdashell.check.run.FunctionFacts;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.fake.StackConfigs;
import io.github.lambdashell.protocol.ShellFunction;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.report.PlainLog;
import io.github.lambdashell.report.RunFailure;
import io.github.lambdashell.run.RunMatrix;
import io.github.lambdashell.run.Targets;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.session.StepsResult;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The local path from the caller to a command and back, beside starting {@code bash -c} from Java: medians of the
 * same run, taken in turns. Run with a small heap; the function has one of its own.
 */
public final class LocalPathBenchmark {
    private static final int WARM_UP = 2000;
    private static final int ROUNDS = 400;
    private static final int CHECKS = 300;
    private static final int ENVIRONMENTS = 30;
    private static final int ENVIRONMENTS_WARM_UP = 3;
    private static final int MATRICES = 5;
    private static final long BIG = 200L << 20;
    private static final int FUNCTION_MEMORY = 128;

    private final ShellFunction function;

    private LocalPathBenchmark(ShellFunction function) {
        this.function = function;
    }

    public static void main(String[] args) throws Exception {
        Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "benchmark");
        TargetConfig config = new TargetConfig(TargetConfig.Kind.LOCAL, null, null, null, home);
        try (Target target = Targets.open(config)) {
            StackDeployment deployment = new StackDeployment(target, home, new Silence());
            DeployedStack stack = deployment.deploy(stack()).stack();
            try {
                LocalPathBenchmark benchmark = new LocalPathBenchmark(
                        Connection.to(stack, target, home).function());
                System.out.printf(
                        "Local path, this JVM's heap %d MB, the function's memory %d MB%n",
                        Runtime.getRuntime().maxMemory() >> 20, FUNCTION_MEMORY);
                benchmark.warmCommand();
                benchmark.checks();
                benchmark.environment(FunctionFacts.of(List.of(), Connection.to(stack, target, home), target));
                benchmark.bigOutput();
            } finally {
                deployment.remove("benchmark");
            }
            matrix(target, home);
        }
    }

    /** Runs a matrix of three environments and one of a single environment in turns; the goal is less than three times. */
    private static void matrix(Target target, Path home) throws RunFailure, InterruptedException {
        double[] one = new double[MATRICES];
        double[] three = new double[MATRICES];
        for (int i = -1; i < MATRICES; i++) {
            long start = System.nanoTime();
            matrix(target, home, "java17");
            long between = System.nanoTime();
            matrix(target, home, "java17", "provided.al2023", "provided.al2");
            long end = System.nanoTime();
            if (i >= 0) {
                one[i] = (between - start) / 1e6;
                three[i] = (end - between) / 1e6;
            }
        }
        System.out.printf(
                "  %-24s %.0f ms   of one %.0f ms   ratio %.2f, medians of %d pairs%n",
                "a matrix of three", median(three), median(one), median(three) / median(one), MATRICES);
    }

    private static void matrix(Target target, Path home, String... runtimes) throws RunFailure, InterruptedException {
        List<RunMatrix.Environment> environments = Arrays.stream(runtimes)
                .map(runtime -> new RunMatrix.Environment(
                        runtime,
                        new StackLease.Request(stack().withRuntime(runtime), FunctionSettings.NONE, false, home),
                        Optional.empty()))
                .toList();
        RunMatrix.Request request = new RunMatrix.Request(
                environments,
                false,
                Checks.read("[{run: 'true'}, {run: sleep 0.2}, {run: sleep 0.3}]"),
                "matrix",
                home.resolve("reports"),
                List.of(),
                1,
                false);
        RunMatrix.run(target, request, new PlainLog(line -> {}), new Silence());
    }

    private static StackConfig stack() {
        FunctionSettings function = new FunctionSettings(
                "java21",
                "x86_64",
                FUNCTION_MEMORY,
                Duration.ofMinutes(5),
                512,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
        return StackConfigs.of("benchmark", function, null);
    }

    private void warmCommand() throws IOException, InterruptedException {
        double[] floor = new double[ROUNDS];
        double[] path = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long start = System.nanoTime();
            bashDirectly();
            long between = System.nanoTime();
            function.invoke(ShellRequest.command("true"), new Silence());
            long end = System.nanoTime();
            if (i >= 0) {
                floor[i] = (between - start) / 1e6;
                path[i] = (end - between) / 1e6;
            }
        }
        print("a warm true", median(path), median(floor));
    }

    private void checks() throws IOException, InterruptedException {
        StepSession session = new StepSession(function);
        long start = System.nanoTime();
        for (int i = 0; i < CHECKS; i++) {
            bashDirectly();
        }
        long between = System.nanoTime();
        for (int i = 0; i < CHECKS; i++) {
            session.run(List.of(Step.of("check " + i, "true"))).close();
        }
        long end = System.nanoTime();
        print(CHECKS + " checks, each", (end - between) / 1e6 / CHECKS, (between - start) / 1e6 / CHECKS);
    }

    /** Runs the check of the environment and an empty command in turns; the goal is less than 300 ms more. */
    private void environment(Map<String, String> facts) throws IOException, InterruptedException {
        StepSession session = new StepSession(function);
        Step check = new Step(
                "environment", Environment.script(List.of()), Optional.empty(), new byte[0], null, facts, null, false);
        double[] empty = new double[ENVIRONMENTS];
        double[] more = new double[ENVIRONMENTS];
        for (int i = -ENVIRONMENTS_WARM_UP; i < ENVIRONMENTS; i++) {
            long start = System.nanoTime();
            session.run(List.of(Step.of("empty", "true"))).close();
            long between = System.nanoTime();
            try (StepsResult result = session.run(List.of(check))) {
                if (!result.steps().get(0).stdout().text(Integer.MAX_VALUE).endsWith("[end]\n")) {
                    throw new IllegalStateException("the environment was not read to its end");
                }
            }
            long end = System.nanoTime();
            if (i >= 0) {
                empty[i] = (between - start) / 1e6;
                more[i] = (end - between - (between - start)) / 1e6;
            }
        }
        System.out.printf(
                "  %-24s %.0f ms over an empty command of %.0f ms, medians of %d pairs%n",
                "the environment", median(more), median(empty), ENVIRONMENTS);
    }

    private void bigOutput() throws InterruptedException, NoSuchAlgorithmException {
        String command = "head -c " + BIG + " /dev/zero | tr '\\0' 'x'";
        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        for (long i = 0; i < BIG; i += block.length) {
            expected.update(block);
        }
        MessageDigest arrived = MessageDigest.getInstance("SHA-256");
        long start = System.nanoTime();
        function.invoke(ShellRequest.command(command), new Silence() {
            @Override
            public void stdout(byte[] bytes, int offset, int length) {
                arrived.update(bytes, offset, length);
            }
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        String hash = HexFormat.of().formatHex(arrived.digest());
        if (!hash.equals(HexFormat.of().formatHex(expected.digest()))) {
            throw new IllegalStateException("the output did not arrive byte for byte");
        }
        System.out.printf("  %-24s %.1f s, %.0f MB/s, byte for byte%n", "200 MB of output", seconds, 200 / seconds);
    }

    private static void bashDirectly() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", "true").start();
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("bash -c true failed");
        }
    }

    private static void print(String name, double path, double floor) {
        System.out.printf(
                "  %-24s %.2f ms   bash -c from Java %.2f ms   difference %.2f ms, ratio %.2f%n",
                name, path, floor, path - floor, path / floor);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
