package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.JavaCommand;
import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.local.LocalTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that deploy one stack to the local target at the same time. */
class ConcurrentLocalDeploysTest {
    private static final String STACK = "demo";
    private static final int THREADS = 6;
    private static final int PROCESSES = 2;
    /** Time for the rounds; on a busy machine there are fewer. */
    private static final int SECONDS = Integer.getInteger("lshell.test.seconds", 30);

    private static final int ROUNDS = Integer.getInteger("lshell.test.rounds", 50);

    @TempDir
    Path home;

    /** A build of its own process: deploys, runs a command, and prints what the command wrote. */
    public static void main(String[] args) throws InterruptedException {
        System.out.print(deployAndRun(Path.of(args[0])));
    }

    private static String deployAndRun(Path home) throws InterruptedException {
        FunctionSettings function = FunctionSettings.NONE.complete("provided.al2023");
        StackConfig config = Account.config(STACK, function);
        try (LocalTarget target = target(home)) {
            Output output = new Output();
            DeployedStack stack =
                    new StackDeployment(target, home, output).deploy(config).stack();
            Connection.to(stack, target, home).function().invoke(ShellRequest.command("echo ran"), output);
            return output.bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private static LocalTarget target(Path home) {
        return new LocalTarget(new TargetConfig(Kind.LOCAL, null, null, null, home));
    }

    @Test
    void sixBuildsAtOnceAllSucceedInEveryRound() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            for (int round = 1; round <= ROUNDS && System.nanoTime() < end; round++) {
                Path roundHome = home.resolve("round-" + round);
                List<Callable<String>> builds = Stream.generate(() -> (Callable<String>) () -> deployAndRun(roundHome))
                        .limit(THREADS)
                        .toList();
                for (Future<String> build : threads.invokeAll(builds)) {
                    assertThat(build.get()).as("round " + round).isEqualTo("ran\n");
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @RepeatedTest(2)
    void allSucceedWhenTheyDeployOneStackFirstAtTheSameTime() throws Exception {
        List<Process> processes = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(start(i));
            }
            List<Callable<String>> builds = Stream.generate(() -> (Callable<String>) () -> deployAndRun(home))
                    .limit(THREADS)
                    .toList();
            for (Future<String> build : threads.invokeAll(builds)) {
                assertThat(build.get()).isEqualTo("ran\n");
            }
            for (int i = 0; i < PROCESSES; i++) {
                assertThat(processes.get(i).waitFor(120, TimeUnit.SECONDS)).isTrue();
                assertThat(Files.readString(output(i))).endsWith("ran\n").doesNotContain("Exception");
            }
        } finally {
            threads.shutdownNow();
            processes.forEach(Process::destroyForcibly);
        }
        assertThat(files("local/tmp")).isEmpty();
        assertThat(files("local/stacks/" + STACK)).containsExactly("stack.json");
        assertThat(files("local/code")).hasSize(2);
        assertThat(files("stacks")).allMatch(name -> name.endsWith(".json") || name.endsWith(".usage"));
        assertThat(deployAndRun(home)).isEqualTo("ran\n");
    }

    private Process start(int number) throws IOException {
        return new ProcessBuilder(JavaCommand.of(ConcurrentLocalDeploysTest.class, home.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output(number).toFile())
                .start();
    }

    private Path output(int number) {
        return home.resolve("build-" + number + ".log");
    }

    private List<String> files(String directory) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static final class Output implements DeployListener, FrameListener {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void step(String line) {
            // Only the command's output is compared.
        }

        @Override
        public void resource(String resource, String type, String status) {
            // Local stacks report no resources.
        }

        @Override
        public void stdout(byte[] chunk, int offset, int length) {
            bytes.write(chunk, offset, length);
        }

        @Override
        public void stderr(byte[] chunk, int offset, int length) {
            bytes.write(chunk, offset, length);
        }
    }
}
