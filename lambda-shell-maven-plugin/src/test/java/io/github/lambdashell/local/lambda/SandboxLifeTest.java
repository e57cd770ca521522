package io.github.lambdashell.local.lambda;

import static io.github.lambdashell.local.lambda.InvocationTest.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.local.lambda.LocalFunctions.Settings;
import io.github.lambdashell.local.lambda.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** How sandboxes come and go. */
class SandboxLifeTest {
    @TempDir
    private Path directory;

    @Test
    void twoInvocationsAtOnceHaveTwoSandboxesAndTheOneUsedLastIsUsedAgain() throws IOException {
        try (LocalFunctions functions = new LocalFunctions(directory, SandboxOptions.DEFAULT)) {
            functions.raw();
            CompletableFuture<InvokeResponse> longer =
                    CompletableFuture.supplyAsync(() -> functions.invoke("{\"do\":\"sleep\",\"value\":\"3000\"}"));
            awaitSandboxes(1);
            String second = pid(functions);
            longer.join();

            // The one that slept was given back last.
            assertThat(pid(functions)).isNotEqualTo(second);
            assertThat(sandboxes()).hasSize(2);
        }
    }

    @Test
    void moreInvocationsThanTheLimitAreThrottled() throws IOException {
        try (LocalFunctions functions = new LocalFunctions(directory, new SandboxOptions(1, Map.of()))) {
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
    void closingEndsEverythingAndLeavesNothing() throws Exception {
        long idle;
        long background;
        try (LocalFunctions functions = new LocalFunctions(directory, SandboxOptions.DEFAULT)) {
            functions.raw();
            background = Long.parseLong(
                    payload(functions.invoke("{\"do\":\"background\"}")).replace("\"", ""));
            idle = Long.parseLong(pid(functions));
        }

        Processes.awaitEnd(idle);
        Processes.awaitEnd(background);
        assertThat(sandboxes()).isEmpty();
    }

    @Test
    @Timeout(30)
    void closingDoesNotWaitForWhatRuns() throws Exception {
        CompletableFuture<InvokeResponse> running;
        try (LocalFunctions functions = new LocalFunctions(directory, SandboxOptions.DEFAULT)) {
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
        Process maven = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long pid;
        long background;
        try (var output = maven.inputReader()) {
            pid = Long.parseLong(output.readLine());
            background = Long.parseLong(output.readLine());
            assertThat(Processes.isRunning(pid)).isTrue();
            assertThat(Processes.isRunning(background)).isTrue();
        } finally {
            maven.destroyForcibly().waitFor();
        }

        Processes.awaitEnd(pid);
        Processes.awaitEnd(background);
        for (int i = 0; i < 1000 && !sandboxes().isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertThat(sandboxes()).isEmpty();
    }

    /** Stands for Maven: starts a sandbox, tells its processes, and waits for its end. */
    static final class Killed {
        public static void main(String[] arguments) throws Exception {
            LocalFunctions functions = new LocalFunctions(Path.of(arguments[0]), SandboxOptions.DEFAULT);
            functions.raw();
            System.out.println(pid(functions));
            System.out.println(
                    payload(functions.invoke("{\"do\":\"background\"}")).replace("\"", ""));
            Thread.sleep(60_000);
        }
    }

    @Test
    void theLogStaysInAFile() throws IOException {
        try (LocalFunctions functions = new LocalFunctions(directory, SandboxOptions.DEFAULT)) {
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

    private static String pid(LocalFunctions functions) {
        return payload(functions.invoke("{\"do\":\"pid\"}")).replace("\"", "").split(" ")[0];
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
