package io.github.lambdashell.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.function.FakeRuntimeApi.Post;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bash function in a version with SnapStart, as runtimes of Python and .NET have it. */
class BashRestoreTest {
    @TempDir
    private Path directory;

    @Test
    void aPublishedVersionWaitsForItsRestoreBeforeItTakesInvocations() throws Exception {
        Path functionDirectory = Files.createDirectory(directory.resolve(".lshell"));
        try (Stream<Path> files = Files.list(Path.of("src/main/bash"))) {
            for (Path file : files.toList()) {
                Files.copy(file, functionDirectory.resolve(file.getFileName()));
            }
        }
        FakeRuntimeApi api = new FakeRuntimeApi();
        try (FunctionProcess function =
                FunctionProcess.wrapped("sh", directory, api, Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"))) {
            api.invoke(
                    Sandbox.JSON.writeValueAsBytes(Sandbox.command("echo $AWS_LAMBDA_INITIALIZATION_TYPE")), Map.of());
            Post restore = api.post();
            assertThat(restore.path()).isEqualTo("restore/next");
            restore.body().close();
            try (InputStream body = api.post().body()) {
                assertThat(Answer.read(body).out()).isEqualTo("snap-start\n");
            }
            // So the function ends its helper processes.
            api.close();
            function.exitCode();
        } finally {
            api.close();
        }
    }
}
