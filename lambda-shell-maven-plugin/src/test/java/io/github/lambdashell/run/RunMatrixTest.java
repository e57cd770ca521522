package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.ready.BuildFiles;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.Matrix;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.JavaCommand;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.report.PlainLog;
import io.github.lambdashell.report.RunFailure;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.DeployedFunction;
import io.github.lambdashell.target.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunMatrixTest {
    private static final String JAVA = "java" + Runtime.version().feature();
    /** A runtime whose JDK is too old for machines that build this. */
    private static final String MISSING = "java8";

    @TempDir
    private Path directory;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    /** A run, for tests that vary one of its parts. */
    private record Run(
            Path directory, Matrix matrix, String yaml, boolean allowMissing, int parallel, boolean failFast) {
        private Run(Path directory, Matrix matrix, String yaml) {
            this(directory, matrix, yaml, false, 1, false);
        }

        private void on(Target target, List<String> log) throws Exception {
            Path file = Files.writeString(directory.resolve("commands.yaml"), yaml);
            Settings settings = new Settings(
                    directory, false, true, Optional.empty(), false, Map.of(), Map.of(), () -> BuildFiles.NONE);
            on(Checks.read(Optional.empty(), Optional.of(file), settings), target, log);
        }

        private void on(List<Check> checks, Target target, List<String> log) throws Exception {
            List<RunMatrix.Environment> environments = matrix.combinations().stream()
                    .map(combination -> new RunMatrix.Environment(
                            combination.name(),
                            new StackLease.Request(
                                    Account.config(
                                            "demo", combination.settings().complete("provided.al2023")),
                                    FunctionSettings.NONE,
                                    false,
                                    directory.resolve("home")),
                            Optional.ofNullable(combination.settings().memorySize())))
                    .toList();
            RunMatrix.run(
                    target,
                    new RunMatrix.Request(
                            environments,
                            allowMissing,
                            checks,
                            "run",
                            directory.resolve("reports"),
                            List.of(),
                            parallel,
                            failFast),
                    new PlainLog(log::add),
                    new Silence());
        }

        private Throwable failure(List<String> log) {
            try (Target target = open(directory)) {
                Throwable failure = catchThrowable(() -> on(target, log));
                assertThat(target.list()).isEmpty();
                return failure;
            }
        }
    }

    private static Target open(Path directory) {
        return Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, directory.resolve("home")));
    }

    private static Matrix runtimes(String... runtimes) {
        return new Matrix(List.of(runtimes), List.of(), List.of(), false);
    }

    private static Matrix memorySizes(Integer... sizes) {
        return new Matrix(List.of(), List.of(), List.of(sizes), false);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("reports/lshell-run.json").toFile());
    }

    private String report(String name) throws IOException {
        return Files.readString(directory.resolve("reports").resolve(name));
    }

    private List<String> linesOf(String start) {
        return log.stream().filter(line -> line.startsWith(start)).toList();
    }

    @Test
    void everyCheckRunsInEveryEnvironmentAndOneTableShowsAll() throws Exception {
        Throwable failure = new Run(directory, runtimes(JAVA, "provided.al2023"), """
                - {name: has Java, run: '[ "$AWS_EXECUTION_ENV" = AWS_Lambda_%s ]'}
                - {name: has a shell, run: 'true'}
                - {name: only Java, run: 'true', when: {runtime: 'java*'}}
                - name: captures
                  run: echo $AWS_LAMBDA_FUNCTION_NAME
                  capture: {fn: {stdout: {}}}
                """.formatted(JAVA)
                        .replaceFirst("(?s)- name: captures.*", ""))
                .failure(log);

        assertThat(failure)
                .isInstanceOf(RunFailure.class)
                .message()
                .contains("\nFAIL  provided.al2023: has Java (commands.yaml:1:3, command 1): exit code is 1, but"
                        + " expected 0\n3 checks in 2 environments: 4 passed, 1 failed, 1 skipped (")
                .endsWith("lshell-run.html");
        assertThat(log)
                .containsSubsequence(
                        "             " + JAVA + "   provided.al2023",
                        "has Java     pass     FAIL",
                        "has a shell  pass     pass",
                        "only Java    pass     skipped");
        assertThat(linesOf("PASS  " + JAVA + ": has Java")).hasSize(1);
        assertThat(report("TEST-lshell-run-" + JAVA + ".xml"))
                .contains("name=\"run-" + JAVA + "\"", "tests=\"3\"", "failures=\"0\"");
        assertThat(report("TEST-lshell-run-provided.al2023.xml"))
                .contains(
                        "name=\"run-provided.al2023\"",
                        "failures=\"1\"",
                        "when: runtime is provided.al2023, not java*");
        assertThat(json().at("/environments").findValuesAsText("name")).contains(JAVA, "provided.al2023");
        assertThat(json().at("/environments/1/report/checks/0/status").textValue())
                .isEqualTo("failed");
        assertThat(report("lshell-run.html"))
                .contains("<td class=\"failed\"><a href=\"#environment-2-check-1\">FAIL</a>");
    }

    @Test
    void anEnvironmentThatTheMachineDoesNotHaveIsNotRunAndFailsTheBuild() throws Exception {
        Throwable failure =
                new Run(directory, runtimes(MISSING, "provided.al2023"), "[{name: a, run: 'true'}]").failure(log);

        assertThat(((RunFailure) failure).isUnchecked()).isTrue();
        assertThat(failure)
                .message()
                .contains("these environments were not run", "\njava8: no JDK 8 was found on this machine, only ")
                .contains("1 check in 2 environments: 1 passed, 1 not run (");
        assertThat(log).contains("a  not run  pass");
        assertThat(report("TEST-lshell-run-java8.xml")).contains("errors=\"1\"", "not run: no JDK 8");
        assertThat(report("lshell-run.html"))
                .contains("<td class=\"notrun error\">")
                .contains("1 environment not run");
        assertThat(json().at("/environments/0/notRun").textValue()).startsWith("no JDK 8");
    }

    @Test
    void anEnvironmentMayBeMissingIfThatIsAllowedButNotEveryOne() throws Exception {
        Run run = new Run(directory, runtimes(MISSING, "provided.al2023"), "[{name: a, run: 'true'}]", true, 1, false);

        assertThat(run.failure(log)).isNull();
        assertThat(log).anyMatch(line -> line.startsWith("not run: java8: no JDK 8"));
        assertThat(report("TEST-lshell-run-java8.xml")).contains("errors=\"0\"", "skipped=\"1\"");
        assertThat(report("lshell-run.html")).contains("<td class=\"notrun\">").contains("<header class=\"good\">");

        assertThat(new Run(directory, runtimes(MISSING), "[{name: a, run: 'true'}]", true, 1, false).failure(log))
                .message()
                .contains("\njava8: no JDK 8");
    }

    @Test
    void noMoreRequestsRunAtOnceThanParallelAllowsInAllEnvironments() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger max = new AtomicInteger();
        try (Target target = open(directory)) {
            Target counting = proxy(target, "connect", result -> counted((DeployedFunction) result, now, max));
            new Run(directory, memorySizes(128, 256, 512), "[{run: sleep 0.1}, {run: sleep 0.11}]", false, 2, false)
                    .on(counting, log);
        }

        assertThat(max).hasValue(2);
        assertThat(now).hasValue(0);
    }

    @Test
    void failFastEndsAllEnvironments() throws Exception {
        Throwable failure = new Run(
                        directory,
                        memorySizes(128, 256),
                        "[{name: a, run: exit 1}, {name: b, run: 'true'}]",
                        false,
                        1,
                        true)
                .failure(log);

        assertThat(failure).message().contains("2 checks in 2 environments: 0 passed, 1 failed, 3 skipped (");
        assertThat(linesOf("SKIP  ")).hasSize(3).allMatch(line -> line.endsWith("(failFast, and \"a\" did not pass)"));
    }

    @Test
    void capturedValuesAreThoseOfTheEnvironment() throws Exception {
        assertThat(new Run(directory, memorySizes(128, 1024), """
                - run: echo $AWS_LAMBDA_FUNCTION_MEMORY_SIZE
                  capture: {size: {pattern: '(\\d+)'}}
                - {name: same, run: '[ ${{size}} = $AWS_LAMBDA_FUNCTION_MEMORY_SIZE ]'}
                """, false, 4, false).failure(log))
                .isNull();
        assertThat(log).anyMatch(line -> line.matches("same +pass +pass"));
    }

    @Test
    void everyEnvironmentHasALockFileWithItsName() throws Exception {
        String lock = "[{environment: {lockFile: %s/e.lock, ignore: [mounts, variables]}}]".formatted(directory);
        assertThat(new Run(directory, memorySizes(128, 256), lock, false, 2, false).failure(log))
                .isNull();
        assertThat(new Run(directory, runtimes("provided.al2023"), lock).failure(log))
                .isNull();
        assertThat(new Run(directory, memorySizes(128, 256), lock, false, 2, false).failure(log))
                .isNull();

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".lock")))
                    .hasSize(3)
                    .allMatch(name -> name.matches("e\\.local-provided\\.al2023-\\w+(-128MB|-256MB|)\\.lock"));
        }
    }

    @Test
    void aStackThatCantBeDeployedDoesNotEndTheOthers() throws Exception {
        try (Target target = open(directory)) {
            AtomicInteger deployed = new AtomicInteger();
            Target refusing = proxy(target, "deploy", result -> {
                if (deployed.incrementAndGet() == 1) {
                    throw new ShellException("The quota is reached", "Remove a stack");
                }
                return result;
            });
            Throwable failure = catchThrowable(
                    () -> new Run(directory, memorySizes(128, 256), "[{name: a, run: 'true'}]", true, 1, false)
                            .on(refusing, log));

            assertThat(failure)
                    .message()
                    .containsPattern("\n(128|256)MB: The quota is reached. Remove a stack.\n")
                    .contains(": 1 passed, 1 not run (");
            assertThat(target.list()).isEmpty();
        }
    }

    @Test
    void aFailureIsReportedBeforeTheStacksThatAreLeft() throws Exception {
        try (Target target = open(directory)) {
            Target keeping = proxy(target, "delete", result -> {
                throw new ShellException("The stack is left", "Run lshell:teardown");
            });

            Throwable failure =
                    catchThrowable(() -> new Run(directory, memorySizes(128, 256), "[{run: exit 1}]").on(keeping, log));
            assertThat(failure).isInstanceOf(RunFailure.class);
            assertThat(failure.getSuppressed()).hasSize(2);
        }
    }

    @Test
    void stacksThatAreLeftFailTheBuild() throws Exception {
        try (Target target = open(directory)) {
            Target keeping = proxy(target, "delete", result -> {
                throw new ShellException("The stack is left", "Run lshell:teardown");
            });

            assertThatThrownBy(() -> new Run(directory, memorySizes(128, 256), "[{run: 'true'}]").on(keeping, log))
                    .isInstanceOf(ShellException.class)
                    .hasMessage("The stack is left. Run lshell:teardown.");
        }
    }

    @Test
    void aDeployedStackIsNeitherUsedNorChanged() throws Exception {
        try (Target target = open(directory)) {
            DeployStack.run(
                    target,
                    Account.config("demo", FunctionSettings.NONE.complete("provided.al2023")),
                    directory.resolve("home"),
                    new Silence());
            new Run(directory, memorySizes(128, 256), "[{run: '[ $AWS_LAMBDA_FUNCTION_MEMORY_SIZE -lt 512 ]'}]")
                    .on(target, log);

            assertThat(target.list()).singleElement().satisfies(stack -> {
                assertThat(stack.name()).isEqualTo("demo");
                assertThat(stack.function().memorySize()).isEqualTo(512);
            });
        }
    }

    @Test
    void anEventIsSkippedWhereTheHandlerHasNoRuntime() throws Exception {
        Settings settings = new Settings(directory, false, Optional.of("com.example.Handler"), false);
        Path file = Files.writeString(
                directory.resolve("event.yaml"), "[{name: e, event: '{}'}, {name: shell, run: 'true'}]");
        List<Check> checks = Checks.read(Optional.empty(), Optional.of(file), settings);
        Run run = new Run(directory, runtimes("provided.al2023"), "");
        try (Target target = open(directory)) {
            run.on(checks, target, log);
        }

        assertThat(log).contains("e      skipped", "shell  pass");
        assertThat(linesOf("SKIP  provided.al2023: e (when: runtime is provided.al2023, not java11 or java17"))
                .hasSize(1);
    }

    @Test
    void aSignalRemovesAllStacksAndStillWritesTheReports() throws Exception {
        Process build = new ProcessBuilder(JavaCommand.of(Build.class, directory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = build.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < 2; i++) {
                assertThat(out.readLine()).contains("PASS  ", "MB: first");
            }
            build.destroy();

            assertThat(build.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            build.destroyForcibly();
        }
        try (Target target = open(directory)) {
            assertThat(target.list()).isEmpty();
        }
        assertThat(json().at("/interrupted").booleanValue()).isTrue();
        assertThat(report("TEST-lshell-run-128MB.xml")).contains("lshell.interrupted");
        assertThat(report("TEST-lshell-run-256MB.xml")).contains("lshell.interrupted");
        try (Stream<Path> records = Files.list(directory.resolve("home/stacks"))) {
            assertThat(records).isEmpty();
        }
    }

    /** The process that the test's signal ends. */
    static final class Build {
        private Build() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            List<String> lines = new ArrayList<>() {
                @Override
                public boolean add(String line) {
                    System.out.println(line);
                    return true;
                }
            };
            try (Target target = open(directory)) {
                new Run(
                                directory,
                                memorySizes(128, 256),
                                "[{name: first, run: 'true'}, {name: second, run: sleep 50}]",
                                false,
                                4,
                                false)
                        .on(target, lines);
            }
        }
    }

    /** Returns a function that counts its invocations at once. */
    private static Object counted(DeployedFunction function, AtomicInteger now, AtomicInteger max) {
        return Proxy.newProxyInstance(
                DeployedFunction.class.getClassLoader(),
                new Class<?>[] {DeployedFunction.class},
                (proxy, method, arguments) -> {
                    boolean isInvocation = method.getName().equals("invoke");
                    if (isInvocation) {
                        max.accumulateAndGet(now.incrementAndGet(), Math::max);
                    }
                    try {
                        return method.invoke(function, arguments);
                    } finally {
                        now.addAndGet(isInvocation ? -1 : 0);
                    }
                });
    }

    private interface Change {
        Object apply(Object result);
    }

    private static <T> T proxy(Class<T> type, T wrapped, String changed, Change change) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(wrapped, arguments);
                        return method.getName().equals(changed) ? change.apply(result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static Target proxy(Target target, String changed, Change change) {
        return proxy(Target.class, target, changed, change);
    }
}
