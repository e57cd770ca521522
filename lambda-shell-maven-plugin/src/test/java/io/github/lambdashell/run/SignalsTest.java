package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.learn.CommandsFile;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.JavaCommand;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.report.PlainLog;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals end the goals at moments that are spread over their run; the next goal leaves nothing of them. */
class SignalsTest {
    /** Number of signals; more with {@code -Dlshell.test.signals=1000}. */
    private static final int SIGNALS = Integer.getInteger("lshell.test.signals", 100);

    /** Time in which they are sent; on a busy machine fewer are sent. More with {@code -Dlshell.test.seconds=600}. */
    private static final int SECONDS = Integer.getInteger("lshell.test.seconds", 40);

    private static final int BUILDS_AT_ONCE = 3;
    /** Distance of the moments of successive signals, so that the first ones are spread over a goal too. */
    private static final int STEP = 37;

    private static final long MAX_SECONDS = 30;
    private static final String STACK = "demo";
    private static final String STARTED = "started";

    /** Files that belong to the deployed stack or to no stack, as regular expressions below the plugin's directory. */
    private static final Pattern ALLOWED =
            Pattern.compile("local|stacks|temp|local/(lock|layers|logs|sandboxes|stacks|tmp)"
                    + "|local/roots(/[0-9a-f]+(/.*)?)?|local/code(/.*)?"
                    + "|local/(stacks|logs)/" + STACK + "(/.*)?|stacks/local-" + STACK + "\\.(json|usage)");

    @TempDir
    private Path directory;

    private final Map<Goal, Long> durations = new EnumMap<>(Goal.class);

    private enum Goal {
        DEPLOY,
        EXEC,
        INTERACTIVE,
        TEARDOWN;

        private void run(Path home) throws Exception {
            StackConfig config = Account.config(STACK, FunctionSettings.NONE.complete("provided.al2023"));
            StackLease.Request stack = new StackLease.Request(config, FunctionSettings.NONE, false, home);
            Silence silence = new Silence();
            try (Target target = Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, home))) {
                switch (this) {
                    case DEPLOY -> DeployStack.run(target, config, home, silence);
                    case EXEC ->
                        RunCommand.run(
                                target,
                                stack,
                                "sleep 0.1",
                                Optional.empty(),
                                List.of(),
                                new PlainLog(line -> {}),
                                silence);
                    case INTERACTIVE ->
                        OpenShell.run(
                                target,
                                new OpenShell.Request(
                                        stack,
                                        Optional.empty(),
                                        new CommandsFile(
                                                home.resolve("none"), false, Optional.empty(), home, List.of()),
                                        null,
                                        false,
                                        false),
                                silence);
                    case TEARDOWN -> RemoveStacks.one(target, STACK, home, silence);
                }
            }
        }
    }

    private enum Signal {
        KILL,
        TERM,
        INT,
        HUP
    }

    /** A build in a process of its own. */
    public static void main(String[] args) throws Exception {
        System.out.println(STARTED);
        Goal.valueOf(args[0]).run(Path.of(args[1]));
    }

    @Test
    void theNextGoalLeavesNothingOfABuildThatASignalEnded() throws Exception {
        for (Goal goal : Goal.values()) {
            durations.put(goal, duration(goal));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        ExecutorService threads = Executors.newFixedThreadPool(BUILDS_AT_ONCE);
        try {
            List<Callable<Void>> builds = IntStream.range(0, BUILDS_AT_ONCE)
                    .mapToObj(first -> (Callable<Void>) () -> {
                        for (int number = first;
                                number < SIGNALS && System.nanoTime() < end;
                                number += BUILDS_AT_ONCE) {
                            assertNothingIsLeft(number, directory.resolve("home" + first));
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> build : threads.invokeAll(builds)) {
                build.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertNoProcessIsLeft();
    }

    private long duration(Goal goal) throws Exception {
        Build build = new Build(goal, directory.resolve("home"));
        long start = System.nanoTime();
        assertThat(build.end()).as(goal + ": " + build.errors()).isZero();
        return System.nanoTime() - start;
    }

    private void assertNothingIsLeft(int number, Path home) throws Exception {
        Goal goal = Goal.values()[number % Goal.values().length];
        Signal signal = Signal.values()[number / Goal.values().length % Signal.values().length];
        if (goal == Goal.TEARDOWN) {
            Goal.DEPLOY.run(home);
        }
        long moment = durations.get(goal) * (number * STEP % SIGNALS) / SIGNALS;

        Build build = new Build(goal, home);
        TimeUnit.NANOSECONDS.sleep(moment);
        build.send(signal);
        build.end();
        Goal next = number % 3 == 0 ? Goal.DEPLOY : number % 3 == 1 ? Goal.EXEC : Goal.TEARDOWN;
        next.run(home);

        // A sandbox's own watch removes its directory when the build has ended.
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
        for (List<String> left = left(home); !left.isEmpty(); left = left(home)) {
            assertThat(System.nanoTime())
                    .as(
                            "%s left after %s at %d ms of %s, then %s; %s",
                            left, signal, moment / 1_000_000, goal, next, build.errors())
                    .isLessThan(limit);
            Thread.sleep(20);
        }
        try (Stream<Path> packages = Files.list(home.resolve("local/code"))) {
            assertThat(packages.filter(Files::isDirectory))
                    .as("the packages that are kept for later deploys, and that of the stack")
                    .hasSizeLessThanOrEqualTo(4);
        }
    }

    /** Returns the files below the plugin's directory that belong to neither the stack {@value #STACK} nor the cache. */
    static List<String> left(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.map(file -> home.relativize(file).toString())
                    .filter(name -> !name.isEmpty() && !ALLOWED.matcher(name).matches())
                    .toList();
        }
    }

    private void assertNoProcessIsLeft() throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
        while (ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains(directory.toString()))) {
            assertThat(System.nanoTime()).as("processes of killed builds end").isLessThan(limit);
            Thread.sleep(50);
        }
    }

    private final class Build {
        private final Path log = Files.createTempFile(directory, "build", ".log");
        private final Process process;

        Build(Goal goal, Path home) throws IOException {
            Path temporary = Files.createDirectories(home.resolve("temp"));
            process = new ProcessBuilder(JavaCommand.of(
                            List.of("-Djava.io.tmpdir=" + temporary), SignalsTest.class, goal.name(), home.toString()))
                    .redirectError(log.toFile())
                    .start();
            try (var script = process.outputWriter()) {
                script.write("sleep 0.1\n");
            }
            BufferedReader output = process.inputReader();
            assertThat(output.readLine()).isEqualTo(STARTED);
        }

        void send(Signal signal) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }

        int end() throws InterruptedException {
            try {
                assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS))
                        .as("the build ends")
                        .isTrue();
                return process.exitValue();
            } finally {
                process.destroyForcibly();
            }
        }

        String errors() throws IOException {
            return Files.readString(log);
        }
    }
}
