package io.github.lambdashell.benchmark;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.NetworkMode;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.fake.StackConfigs;
import io.github.lambdashell.protocol.ShellFunction;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.run.Targets;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The local target on a network of the sandbox's own beside the machine's network: medians of the same run, in turns. */
public final class NetworkBenchmark {
    private static final int COLD_STARTS = 11;
    private static final int WARM_UP = 1000;
    private static final int INVOCATIONS = 1000;
    private static final int PAYLOADS = 41;
    private static final int OUTPUTS = 5;
    private static final int PARALLEL = 10;
    private static final int ROUNDS = 5;
    private static final long BIG = 200L << 20;
    private static final byte[] PAYLOAD = new byte[4_400_000];

    private NetworkBenchmark() {}

    /** Work whose time is measured. */
    private interface Work {
        void run(Path home, NetworkMode network) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Arrays.fill(PAYLOAD, (byte) 'x');
        System.out.println("A network of the sandbox's own");
        Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "benchmark");
        compare("a cold start", COLD_STARTS, NetworkBenchmark::coldStart);
        try (Session host = new Session(home, NetworkMode.HOST);
                Session own = new Session(home, NetworkMode.OWN)) {
            List<Session> both = List.of(host, own);
            for (int i = 0; i < WARM_UP; i++) {
                both.get(i % 2).run("true");
            }
            compare("a small invocation", INVOCATIONS, (any, network) -> of(both, network)
                    .run("true"));
            compare("4.4 MB in and out", PAYLOADS, (any, network) -> of(both, network)
                    .function
                    .invoke(ShellRequest.command("cat").stdin(PAYLOAD), new Silence()));
            compare("200 MB of output", OUTPUTS, (any, network) -> of(both, network)
                    .run("head -c " + BIG + " /dev/zero | tr '\\0' 'x'"));
            compare(PARALLEL + " sandboxes at a time", ROUNDS, (any, network) -> of(both, network)
                    .parallel());
        }
    }

    private static Session of(List<Session> both, NetworkMode network) {
        return both.get(network == NetworkMode.HOST ? 0 : 1);
    }

    private static void compare(String name, int rounds, Work work) throws Exception {
        Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "benchmark");
        double[] host = new double[rounds];
        double[] own = new double[rounds];
        for (int i = -1; i < rounds; i++) {
            long start = System.nanoTime();
            work.run(home, NetworkMode.HOST);
            long between = System.nanoTime();
            work.run(home, NetworkMode.OWN);
            long end = System.nanoTime();
            if (i >= 0) {
                host[i] = (between - start) / 1e6;
                own[i] = (end - between) / 1e6;
            }
        }
        System.out.printf(
                "  %-24s %.2f ms, on the machine's network %.2f ms, ratio %.2f%n",
                name, median(own), median(host), median(own) / median(host));
    }

    private static void coldStart(Path home, NetworkMode network) throws Exception {
        try (Session session = new Session(home, network)) {
            session.run("true");
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** A deployed shell function. */
    private static final class Session implements AutoCloseable {
        private final Target target;
        private final StackDeployment deployment;
        private final String name;
        private final ShellFunction function;

        Session(Path home, NetworkMode network) throws Exception {
            name = "benchmark-" + network.name().toLowerCase(Locale.ROOT);
            LocalConfig local = new LocalConfig(IsolationMode.FULL, network, List.of(), null, List.of(), Map.of());
            target = Targets.open(new TargetConfig(TargetConfig.Kind.LOCAL, null, null, null, home, local, null));
            deployment = new StackDeployment(target, home, new Silence());
            DeployedStack stack = deployment.deploy(stack(name)).stack();
            function = Connection.to(stack, target, home).function();
        }

        void run(String command) throws InterruptedException {
            function.invoke(ShellRequest.command(command), new Silence());
        }

        void parallel() throws Exception {
            ExecutorService callers = Executors.newFixedThreadPool(PARALLEL);
            try {
                List<Future<?>> calls = new ArrayList<>();
                for (int i = 0; i < PARALLEL; i++) {
                    calls.add(callers.submit(() -> {
                        for (int n = 0; n < 20; n++) {
                            run("head -c 1000000 /dev/zero");
                        }
                        return null;
                    }));
                }
                for (Future<?> call : calls) {
                    call.get();
                }
            } finally {
                callers.shutdownNow();
            }
        }

        @Override
        public void close() {
            try {
                deployment.remove(name);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                target.close();
            }
        }
    }

    private static StackConfig stack(String name) {
        FunctionSettings function = new FunctionSettings(
                "java17", "x86_64", 512, Duration.ofMinutes(5), 512, Map.of(), List.of(), List.of(), List.of(), null);
        return StackConfigs.of(name, function, null);
    }
}
