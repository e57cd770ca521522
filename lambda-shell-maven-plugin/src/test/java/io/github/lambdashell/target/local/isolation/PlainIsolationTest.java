package io.github.lambdashell.target.local.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.endpoint.Processes;
import io.github.lambdashell.target.local.log.SandboxLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox without isolation, whose function can reach its supervisor. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class PlainIsolationTest {
    @TempDir
    private Path directory;

    private SandboxLog log;
    private Container container;

    @BeforeEach
    void openLog() throws IOException {
        log = SandboxLog.open(directory, "test");
    }

    @AfterEach
    void destroy() throws Exception {
        container.destroy().get(10, TimeUnit.SECONDS);
        assertThat(directory.resolve("sandbox")).doesNotExist();
        log.close();
    }

    @Test
    void theFunctionsPathHasNoEffectOnTheSupervisor() throws Exception {
        Path programs = Files.createDirectories(directory.resolve("programs"));
        Path trace = directory.resolve("trace");
        for (String name : List.of("grep", "rm", "env")) {
            Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\necho " + name + " >> " + trace + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        open("echo $PATH", Map.of("PATH", programs + ":/usr/bin:/bin"));

        assertThat(container.start().get(10, TimeUnit.SECONDS).code()).isZero();

        assertThat(text()).isEqualTo(programs + ":/usr/bin:/bin\n");
        assertThat(trace).doesNotExist();
    }

    @Test
    void whatAFunctionWritesToTheSupervisorsOutputIsNoReport() throws Exception {
        open("echo garbage > /proc/$PPID/fd/1; echo 999 > /proc/$PPID/fd/1; exit 3", Map.of("PATH", "/usr/bin:/bin"));

        assertThat(container.start().get(10, TimeUnit.SECONDS).code()).isEqualTo(3);
    }

    @Test
    void aKillEndsASandboxWhoseSupervisorIsStopped() throws Exception {
        open("kill -s STOP 0", Map.of("PATH", "/usr/bin:/bin"));
        CompletableFuture<ExitStatus> exit = container.start();
        Processes.awaitStart("kill -s STOP 0");
        Thread.sleep(200);

        container.kill();

        assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(ExitStatus.KILLED);
    }

    @Test
    void aFunctionCannotTakeAllProcessesOfTheMachine() throws Exception {
        open("grep '^Max processes' /proc/self/limits", Map.of("PATH", "/usr/bin:/bin"));

        assertThat(container.start().get(10, TimeUnit.SECONDS).code()).isZero();

        long threads = Long.parseLong(Files.readString(Path.of("/proc/loadavg")).split("[ /]")[4]);
        assertThat(Long.parseLong(text().split(" +")[2])).isBetween(742L, threads + 2000);
    }

    private void open(String script, Map<String, String> environment) throws IOException {
        Path own = Files.createDirectories(directory.resolve("sandbox"));
        SandboxLayout layout = new SandboxLayout(
                "test",
                own,
                directory,
                directory,
                Path.of(System.getProperty("java.home")),
                Optional.empty(),
                Optional.empty(),
                512);
        Launch launch = new Launch(List.of("/bin/sh", "-c", script), environment, "127.0.0.1:9");
        container = new PlainIsolation().create(layout, launch, log, true);
    }

    private String text() {
        return new String(log.tail(), StandardCharsets.UTF_8);
    }
}
