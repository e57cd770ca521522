package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.report.PlainLog;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Goals that run one after another in one process, as in the Maven daemon and in Maven's shell. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "open descriptors are counted in /proc")
class LongLivedProcessTest {
    private static final int BUILDS = 3;

    /** Builds in which the JDK opens archives that it keeps. */
    private static final int FIRST_BUILDS = 1;

    private static final long MAX_SECONDS = 30;
    private static final String STACK = "demo";
    private static final String SHOWN = "shown: ";
    private static final String FIGURES = "figures: ";

    /** The daemon's log. */
    private static final PrintStream LOG = System.err;

    @TempDir
    private Path directory;

    @Test
    void buildsInTheMavenDaemonLeaveNothingForTheNextOne() throws Exception {
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.io=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + directory,
                        "-Dmvnd.home=/opt/mvnd",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        LongLivedProcessTest.class.getName(),
                        directory.resolve("home").toString())
                .redirectError(log.toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .start();
        List<String> lines;
        try (var output = process.inputReader()) {
            lines = output.lines().toList();
            assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }

        assertThat(lines.stream().filter(line -> line.startsWith(SHOWN)))
                .as("each build masks the secret of its own environment")
                .containsExactly(
                        SHOWN + "tokens *** token1 token2",
                        SHOWN + "tokens token0 *** token2",
                        SHOWN + "tokens token0 token1 ***");
        List<String> figures =
                lines.stream().filter(line -> line.startsWith(FIGURES)).toList();
        assertThat(figures).hasSize(BUILDS);
        assertThat(figures.subList(FIRST_BUILDS, BUILDS)).containsOnly(figures.get(FIRST_BUILDS));
    }

    /** A process that does what the Maven daemon does. */
    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        PrintStream console = System.out;
        for (int build = 0; build < BUILDS; build++) {
            setEnvironment(Map.of("TOKEN", "token" + build));
            ByteArrayOutputStream shown = new ByteArrayOutputStream();
            System.setOut(new PrintStream(shown, true));
            System.setErr(new PrintStream(shown, true));
            withTarget(home, target -> DeployStack.run(target, config(), home, new Silence()));
            exec(home, "echo tokens token0 token1 token2");
            withTarget(home, target -> RemoveStacks.one(target, STACK, home, new Silence()));
            shown.toString()
                    .lines()
                    .filter(line -> line.startsWith("tokens"))
                    .forEach(line -> console.println(SHOWN + line));
            cancel(home, shown);
            System.setErr(LOG);
            console.println(figures(home));
        }
    }

    private interface Use {
        void of(Target target) throws Exception;
    }

    private static void withTarget(Path home, Use use) throws Exception {
        try (Target target = Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, home))) {
            use.of(target);
        }
    }

    private static StackConfig config() {
        return Account.config(STACK, FunctionSettings.NONE.complete("provided.al2023"));
    }

    private static void exec(Path home, String command) throws Exception {
        StackLease.Request stack = new StackLease.Request(config(), FunctionSettings.NONE, false, home);
        withTarget(
                home,
                target -> RunCommand.run(
                        target,
                        stack,
                        command,
                        Optional.empty(),
                        List.of("TOKEN"),
                        new PlainLog(line -> {}),
                        new Silence()));
    }

    /** Ends a build as the daemon does after Ctrl-C: interrupts its thread and ends all processes. */
    private static void cancel(Path home, ByteArrayOutputStream shown) throws InterruptedException {
        Thread build = new Thread(() -> {
            try {
                exec(home, "echo started >&2; sleep 600");
            } catch (Exception cancelled) {
                // It fails, or it is interrupted.
            }
        });
        build.start();
        await(() -> shown.toString().contains("started"));
        build.interrupt();
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
        build.join();
    }

    /** Returns what the process holds, once the goal's own threads and processes have ended. */
    private static String figures(Path home) throws Exception {
        await(() -> !isAnythingRunning());
        return FIGURES + "descriptors " + new File("/proc/self/fd").list().length
                + ", shutdown hooks " + size("java.lang.ApplicationShutdownHooks", "hooks")
                + ", files for the end " + size("java.io.DeleteOnExitHook", "files")
                + ", files " + SignalsTest.left(home);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) {
                Thread.getAllStackTraces().keySet().forEach(thread -> LOG.println("thread " + thread.getName()));
                ProcessHandle.current().descendants().forEach(process -> LOG.println("process " + process.info()));
                System.exit(1);
            }
            Thread.sleep(5);
        }
    }

    private static boolean isAnythingRunning() {
        return ProcessHandle.current().descendants().findAny().isPresent()
                || Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().startsWith("lshell-"));
    }

    private static int size(String type, String field) throws ReflectiveOperationException {
        Field elements = Class.forName(type).getDeclaredField(field);
        elements.setAccessible(true);
        return elements.get(null) instanceof Map<?, ?> map ? map.size() : ((Collection<?>) elements.get(null)).size();
    }

    /** Replaces the process's environment, as the daemon does for each build. */
    private static void setEnvironment(Map<String, String> variables) throws ReflectiveOperationException {
        Field modifiable = System.getenv().getClass().getDeclaredField("m");
        modifiable.setAccessible(true);
        @SuppressWarnings("unchecked")
        Map<String, String> environment = (Map<String, String>) modifiable.get(System.getenv());
        Map<String, String> next = new HashMap<>(variables);
        next.put("PATH", environment.get("PATH"));
        environment.clear();
        environment.putAll(next);
    }
}
