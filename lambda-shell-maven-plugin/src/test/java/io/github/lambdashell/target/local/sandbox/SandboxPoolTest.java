package io.github.lambdashell.target.local.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.Layers;
import io.github.lambdashell.target.local.function.TestFunctions;
import io.github.lambdashell.target.local.runtime.UnsupportedRuntimeException;
import io.github.lambdashell.target.local.runtimeapi.InvocationRequest;
import io.github.lambdashell.target.local.runtimeapi.ResponseSink;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions of a few lines of bash that run their event as a command, at both levels of isolation. */
@ParameterizedClass
@EnumSource(
        value = IsolationMode.class,
        names = {"NONE", "AUTO"})
@Timeout(60)
class SandboxPoolTest {
    private static final String BOOTSTRAP = """
            #!/bin/bash
            sleep ${START_SECONDS:-0}
            api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
            while answer=$(curl -si "$api/next"); do
                id=${answer#*Lambda-Runtime-Aws-Request-Id: }
                output=$(eval "${answer#*$'\\r\\n\\r\\n'}" 2>&1)
                curl -s --data-binary "$output" "$api/${id%%$'\\r'*}/response" >/dev/null
            done
            """;

    @Parameter
    private IsolationMode isolation;

    @TempDir
    private Path directory;

    private SandboxPool pool;

    @BeforeEach
    void open() throws IOException {
        StateDirectory state = StateDirectory.open(directory.resolve("state"));
        LocalConfig config = LocalConfig.isolated(isolation);
        pool = new SandboxPool(
                state, new SandboxOptions(10, config), function -> Map.of(), new Layers(state, config.layers()));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private FunctionDefinition function(String name, String bootstrap, Map<String, String> environment)
            throws IOException {
        Path code = Files.createDirectories(directory.resolve("code-" + name));
        if (!bootstrap.isEmpty()) {
            Path file = Files.writeString(code.resolve("bootstrap"), bootstrap);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return TestFunctions.of(
                name,
                new FunctionSettings(
                                bootstrap.equals("go") ? "go1.x" : "provided.al2023",
                                null,
                                256,
                                Duration.ofSeconds(20),
                                null,
                                environment,
                                null,
                                null,
                                null,
                                null)
                        .complete(""),
                "unused",
                code);
    }

    private FunctionDefinition function() throws IOException {
        return function("shell", BOOTSTRAP, Map.of());
    }

    private record Answer(String text, InvocationResult result) {
        String failure() {
            return new String(result.failure().orElseThrow().payload(), UTF_8);
        }

        String log() {
            return new String(result.logTail().get(), UTF_8);
        }
    }

    private Answer invoke(FunctionDefinition function, String command) throws Exception {
        return invoke(function, command, SandboxPool.Reuse.WARM);
    }

    private Answer invoke(FunctionDefinition function, String command, SandboxPool.Reuse reuse) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        InvocationRequest request =
                new InvocationRequest(UUID.randomUUID().toString(), "arn", command.getBytes(UTF_8), Optional.empty());
        InvocationResult result = pool.invoke(function, request, reuse, new ResponseSink() {
            @Override
            public void start(String contentType) {}

            @Override
            public void write(byte[] bytes) {
                text.writeBytes(bytes);
            }
        });
        return new Answer(text.toString(UTF_8), result);
    }

    private CompletableFuture<Answer> invokeInBackground(FunctionDefinition function, String command) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return invoke(function, command);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private List<Path> sandboxes() throws IOException {
        try (Stream<Path> found = Files.list(Files.createDirectories(directory.resolve("state/sandboxes")))) {
            return found.toList();
        }
    }

    @Test
    void anInvocationHasAReportAndItsOwnLogEvenAfterTheNextOne() throws Exception {
        FunctionDefinition function = function();

        Answer first = invoke(function, "echo one");
        Answer second = invoke(function, "echo two");

        assertThat(first.text).isEqualTo("one");
        assertThat(first.result.report().initDuration()).isPresent();
        assertThat(first.result.report().maxMemoryUsed()).isPositive();
        assertThat(second.text).isEqualTo("two");
        assertThat(second.result.report().initDuration()).isEmpty();
        assertThat(second.result.report().billedDuration())
                .isGreaterThanOrEqualTo(second.result.report().duration())
                .isLessThan(second.result.report().duration().plusMillis(1));
        assertThat(first.log())
                .contains("INIT_START", first.result.report().line())
                .doesNotContain(second.result.report().requestId());
        assertThat(second.log())
                .startsWith("START ")
                .endsWith(second.result.report().line() + "\n");
    }

    @Test
    void aSandboxThatIsNotReusedIsNewAndLeavesTheWarmOneToOthers() throws Exception {
        FunctionDefinition function = function();
        invoke(function, ":");

        Answer alone = invoke(function, ":", SandboxPool.Reuse.NEVER);
        Answer again = invoke(function, ":", SandboxPool.Reuse.NEVER);
        Answer warm = invoke(function, ":");

        assertThat(alone.result.report().initDuration()).isPresent();
        assertThat(again.result.report().initDuration()).isPresent();
        assertThat(warm.result.report().initDuration()).isEmpty();
        while (sandboxes().size() > 1) {
            Thread.sleep(10);
        }
    }

    @Test
    void aSandboxCannotTakeTheEventOfAnother() throws Exception {
        FunctionDefinition victim = function("victim", BOOTSTRAP, Map.of());
        FunctionDefinition intruder = function("intruder", BOOTSTRAP, Map.of());
        String address = invoke(victim, "echo $AWS_LAMBDA_RUNTIME_API").text;
        invoke(intruder, ":");

        CompletableFuture<Answer> attack = invokeInBackground(
                intruder, "curl -sm 5 http://" + address + "/2018-06-01/runtime/invocation/next; echo status $?");
        List<String> answers = new ArrayList<>();
        while (!attack.isDone()) {
            answers.add(invoke(victim, "echo secret").text);
        }

        assertThat(answers).isNotEmpty().containsOnly("secret");
        // "Failed to connect" on a network of its own, else "Empty reply from server" or a failure to receive.
        assertThat(attack.get().text).matches("status (7|52|56)");
        assertThat(invoke(victim, "echo secret").text).isEqualTo("secret");
    }

    @Test
    void aRunningFunctionDoesNotWaitForTheStartOfAnother() throws Exception {
        FunctionDefinition warm = function();
        invoke(warm, ":");
        CompletableFuture<Answer> slow =
                invokeInBackground(function("slow", BOOTSTRAP, Map.of("START_SECONDS", "3")), "echo late");

        assertThat(invoke(warm, "echo early").text).isEqualTo("early");

        assertThat(slow).isNotDone();
        assertThat(slow.get().text).isEqualTo("late");
    }

    @Test
    void aCrashedFunctionStartsAgainWithoutBeingFrozen() throws Exception {
        FunctionDefinition function = function("shell", BOOTSTRAP, Map.of("START_SECONDS", "1"));
        invoke(function, ":");

        Answer crash = invoke(function, "kill -9 $PPID $$");
        Answer next = invoke(function, "echo back");

        assertThat(crash.failure())
                .contains("\"errorType\":\"Runtime.ExitError\"", "Runtime exited with error: signal: killed");
        assertThat(next.text).isEqualTo("back");
        assertThat(next.result.report().initDuration().orElseThrow()).isLessThan(Duration.ofSeconds(5));
    }

    /** Without isolation, the parent of the runtime is the sandbox's supervisor. */
    @Test
    void aFunctionThatKillsItsParentStartsAgainOverTheSameTmp() throws Exception {
        FunctionDefinition function = function();
        invoke(function, "echo kept > ${TMPDIR:-/tmp}/note");

        invoke(function, "kill -9 $PPID $$");

        assertThat(invoke(function, "cat ${TMPDIR:-/tmp}/note").text).isEqualTo("kept");
    }

    @Test
    void anExitWithoutAReasonIsReportedAsSuch() throws Exception {
        assertThat(invoke(function("gone", "#!/bin/bash\nexit 0\n", Map.of()), ":")
                        .failure())
                .matches("\\{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: \\S+ "
                        + "Error: Runtime exited without providing a reason\"}");
    }

    @Test
    void aPackageWithoutABootstrapIsReportedAsSuch() throws Exception {
        assertThat(invoke(function("empty", "", Map.of()), ":").failure())
                .matches(
                        "\\{\"errorType\":\"Runtime.InvalidEntrypoint\",\"errorMessage\":\"RequestId: \\S+ Error: Couldn't"
                                + " find valid bootstrap\\(s\\): \\[/var/task/bootstrap /opt/bootstrap]\"}");
    }

    @Test
    void aBootstrapThatIsNotExecutableIsReportedAsSuch() throws Exception {
        FunctionDefinition function = function("closed", BOOTSTRAP, Map.of());
        Files.setPosixFilePermissions(
                function.codeDirectory().resolve("bootstrap"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(invoke(function, ":").failure())
                .contains(
                        "\"errorType\":\"Runtime.InvalidEntrypoint\"",
                        "fork/exec /var/task/bootstrap: permission denied");
    }

    @Test
    void aBootstrapThatTheKernelRefusesIsReportedAsSuch() throws Exception {
        assertRefused("script", "exit 1\n", "exec format error");
        assertRefused("arm", "\u007fELF" + "\0".repeat(14) + "\u0003\0", "exec format error");
        assertRefused("missing", "#!/usr/bin/none\nexit 1\n", "no such file or directory");
    }

    private void assertRefused(String name, String bootstrap, String problem) throws Exception {
        FunctionDefinition function = function(name, bootstrap, Map.of());
        for (int i = 0; i < 2; i++) {
            Answer answer = invoke(function, ":");
            assertThat(answer.failure())
                    .as(answer.log())
                    .contains("\"Runtime.InvalidEntrypoint\"", "fork/exec /var/task/bootstrap: " + problem + "\"");
        }
    }

    @Test
    void aPreparedSandboxServesTheFirstInvocationWhichReportsItsStart() throws Exception {
        FunctionDefinition function = function("shell", BOOTSTRAP, Map.of("START_SECONDS", "1"));
        pool.prepare(function);
        pool.prepare(function);

        Answer first = invoke(function, "echo first");
        pool.prepare(function);
        Answer second = invoke(function, "echo second");

        assertThat(first.text).isEqualTo("first");
        assertThat(first.result.report().initDuration().orElseThrow()).isGreaterThan(Duration.ofSeconds(1));
        assertThat(first.log()).startsWith("INIT_START ");
        assertThat(second.result.report().initDuration()).isEmpty();
        assertThat(sandboxes()).hasSize(1);
    }

    @Test
    void aPreparedSandboxThatWaitedForLongIsThawed() throws Exception {
        FunctionDefinition function = function();
        pool.prepare(function);
        Thread.sleep(1500);

        Answer first = invoke(function, "echo first");

        assertThat(first.text).isEqualTo("first");
        assertThat(first.result.report().duration()).isLessThan(Duration.ofSeconds(2));
        assertThat(first.result.report().initDuration()).isPresent();
    }

    @Test
    void theFailureOfAPreparedSandboxIsReportedByTheFirstInvocation() throws Exception {
        FunctionDefinition exits = function("exits", "#!/bin/bash\nexit 3\n", Map.of());
        FunctionDefinition unknown = function("unknown", "go", Map.of());
        pool.prepare(exits);
        pool.prepare(unknown);

        assertThat(invoke(exits, ":").failure()).contains("Runtime exited with error: exit status 3");
        assertThatThrownBy(() -> invoke(unknown, ":")).isInstanceOf(UnsupportedRuntimeException.class);
    }

    @Test
    void aPreparedSandboxOfAnotherRevisionIsDestroyed() throws Exception {
        pool.prepare(function());
        FunctionDefinition changed = function();

        assertThat(invoke(changed, "echo changed").text).isEqualTo("changed");

        while (sandboxes().size() > 1) {
            Thread.sleep(10);
        }
        assertThat(invoke(changed, "echo $0").text).isNotEmpty();
    }

    @Test
    void closingEndsASandboxThatIsBeingPrepared() throws Exception {
        pool.prepare(function("shell", BOOTSTRAP, Map.of("START_SECONDS", "30")));
        while (sandboxes().isEmpty()) {
            Thread.sleep(1);
        }

        pool.close();

        assertThat(sandboxes()).isEmpty();
        assertThatThrownBy(() -> invoke(function(), ":")).isInstanceOf(IOException.class);
    }

    @Test
    void aRuntimeNoticesNothingOfTheEndOfItsSandbox() throws Exception {
        String bootstrap = BOOTSTRAP + "echo the API is gone >&2\n";
        for (int i = 0; i < 5; i++) {
            invoke(function("shell" + i, bootstrap, Map.of()), ":");
        }

        pool.close();

        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> logs =
                    files.filter(file -> file.toString().endsWith(".log")).toList();
            assertThat(logs).hasSize(5).allSatisfy(log -> assertThat(Files.readString(log))
                    .contains("REPORT")
                    .doesNotContain("gone"));
        }
    }

    @Test
    void anInterruptedInvocationEndsItsSandboxAndTheNextOneGetsAnother() throws Exception {
        FunctionDefinition function = function();
        invoke(function, ":");
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread invoker = new Thread(() -> {
            try {
                invoke(function, "sleep 15");
                end.complete(null);
            } catch (Throwable e) {
                end.complete(e);
            }
        });
        invoker.start();
        Thread.sleep(500);

        invoker.interrupt();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        Answer next = invoke(function, "echo next");
        assertThat(next.text).isEqualTo("next");
        assertThat(next.result.report().initDuration()).isPresent();
    }
}
