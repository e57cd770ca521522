package io.github.lambdashell.target.local.endpoint;

import static io.github.lambdashell.target.local.endpoint.InvocationTest.log;
import static io.github.lambdashell.target.local.endpoint.InvocationTest.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.fake.JavaCommand;
import io.github.lambdashell.target.local.endpoint.LocalFunctions.Settings;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** How sandboxes come and go, at both levels of isolation. */
@ParameterizedClass
@EnumSource(
        value = IsolationMode.class,
        names = {"NONE", "AUTO"})
class SandboxLifeTest {
    @Parameter
    private IsolationMode isolation;

    @TempDir
    private Path directory;

    private LocalFunctions functions() throws IOException {
        return new LocalFunctions(directory, options(10));
    }

    private SandboxOptions options(int concurrency) {
        return new SandboxOptions(concurrency, LocalConfig.isolated(isolation));
    }

    @Test
    void theLevelIsKnownWithTheFirstSandbox() throws IOException {
        try (LocalFunctions functions = functions()) {
            assertThat(functions.isolation()).isEmpty();
            functions.raw();
            functions.invoke("{}");
            assertThat(functions.isolation().orElseThrow())
                    .startsWith(isolation == IsolationMode.NONE ? "none, functions run as plain processes" : "");
        }
    }

    @Test
    void twoInvocationsAtOnceHaveTwoSandboxesAndTheOneUsedLastIsUsedAgain() throws IOException {
        try (LocalFunctions functions = functions()) {
            functions.raw();
            CompletableFuture<InvokeResponse> longer =
                    CompletableFuture.supplyAsync(() -> functions.invoke("{\"do\":\"sleep\",\"value\":\"3000\"}"));
            awaitSandboxes(1);
            String second = sandboxOf(functions);
            longer.join();

            // The one that slept was given back last.
            assertThat(sandboxOf(functions)).isNotEqualTo(second);
            assertThat(sandboxes()).hasSize(2);
        }
    }

    @Test
    void moreInvocationsThanTheLimitAreThrottled() throws IOException {
        try (LocalFunctions functions = new LocalFunctions(directory, options(1))) {
            functions.raw();
            CompletableFuture<InvokeResponse> first =
                    CompletableFuture.supplyAsync(() -> functions.invoke("{\"do\":\"sleep\",\"value\":\"3000\"}"));
            awaitSandboxes(1);

            assertThatThrownBy(() -> functions.invoke("{\"do\":\"pid\"}"))
                    .isInstanceOfSatisfying(TooManyRequestsException.class, e -> {
                        assertThat(e.statusCode()).isEqualTo(429);
                        assertThat(e.reasonAsString()).isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded");
                    });
            assertThat(payload(first.join())).isEqualTo("\"slept\"");
        }
    }

    @Test
    void aSandboxThatWasIdleForAWhileGoesOn() throws Exception {
        try (LocalFunctions functions = functions()) {
            functions.raw();
            functions.invoke("{\"do\":\"pid\"}");
            Thread.sleep(500);

            assertThat(payload(functions.invoke("{\"do\":\"pid\"}"))).endsWith(" 2\"");
        }
    }

    @Test
    void memoryBeyondTheFunctionsEndsIt() throws IOException {
        try (LocalFunctions functions = functions()) {
            functions.raw(new Settings().memory(128));

            InvokeResponse response = functions.invoke("{\"do\":\"use-memory\",\"value\":\"200\"}");

            assertThat(payload(response)).contains("Error: Runtime exited with error: signal: killed");
            assertThat(log(response))
                    .contains("Status: error\tError Type: Runtime.ExitError")
                    .contains("Max Memory Used: 128 MB");
            InvokeResponse next = functions.invoke("{\"do\":\"pid\"}");
            assertThat(payload(next)).endsWith(" 1\"");
            assertThat(log(next)).contains("Max Memory Used").doesNotContain("Max Memory Used: 128 MB");
        }
    }

    @Test
    void theMemoryOfChildrenIsReported() throws IOException {
        try (LocalFunctions functions = functions()) {
            functions.raw(new Settings().memory(1024));

            String log = log(functions.invoke("{\"do\":\"use-memory\",\"value\":\"200\"}"));

            assertThat(log).containsPattern("Max Memory Used: [2-9]\\d\\d MB");
        }
    }

    @Test
    void closingEndsEverythingAndLeavesNothing() throws Exception {
        try (LocalFunctions functions = functions()) {
            functions.raw();
            functions.invoke("{\"do\":\"background\",\"value\":\"622.25\"}");
            assertThat(Processes.isRunning("622.25")).isTrue();
        }

        Processes.awaitEnd("622.25");
        Processes.awaitEnd(directory.toString());
        assertThat(sandboxes()).isEmpty();
    }

    @Test
    @Timeout(30)
    void closingDoesNotWaitForWhatRuns() throws Exception {
        CompletableFuture<InvokeResponse> running;
        try (LocalFunctions functions = functions()) {
            functions.raw(new Settings().timeout(60));
            running = CompletableFuture.supplyAsync(() -> functions.invoke("{\"do\":\"sleep\",\"value\":\"60000\"}"));
            awaitSandboxes(1);
            Thread.sleep(500);
        }

        assertThatThrownBy(running::join).isNotNull();
        assertThat(sandboxes()).isEmpty();
    }

    @Test
    void everythingEndsWithAMavenThatIsKilled() throws Exception {
        Process maven = new ProcessBuilder(JavaCommand.of(Killed.class, directory.toString(), isolation.name()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = maven.inputReader()) {
            assertThat(output.readLine()).isEqualTo("started");
            assertThat(Processes.isRunning("633.25")).isTrue();
        } finally {
            maven.destroyForcibly().waitFor();
        }

        Processes.awaitEnd("633.25");
        Processes.awaitEnd(directory.toString());
        assertThat(sandboxes()).isEmpty();
    }

    /** Stands for Maven: starts a sandbox and waits for its own end. */
    static final class Killed {
        public static void main(String[] arguments) throws Exception {
            LocalFunctions functions = new LocalFunctions(
                    Path.of(arguments[0]),
                    new SandboxOptions(10, LocalConfig.isolated(IsolationMode.valueOf(arguments[1]))));
            functions.raw();
            functions.invoke("{\"do\":\"background\",\"value\":\"633.25\"}");
            System.out.println("started");
            Thread.sleep(60_000);
        }
    }

    @Test
    void theLogStaysInAFile() throws IOException {
        try (LocalFunctions functions = functions()) {
            functions.raw();
            functions.invoke("{\"do\":\"echo\"}");
            functions.invoke("{\"do\":\"pid\"}");
        }

        try (Stream<Path> files = Files.list(directory.resolve("state/logs/raw"))) {
            assertThat(files).singleElement().satisfies(file -> assertThat(file)
                    .content()
                    .containsSubsequence("INIT_START ", "doing echo\n", "REPORT ", "START ", "doing pid\n", "REPORT "));
        }
    }

    private static String sandboxOf(LocalFunctions functions) {
        return payload(functions.invoke("{\"do\":\"sandbox\"}"));
    }

    private void awaitSandboxes(int count) throws IOException {
        while (sandboxes().size() < count) {
            Thread.onSpinWait();
        }
    }

    private List<Path> sandboxes() throws IOException {
        Path folder = directory.resolve("state/sandboxes");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
