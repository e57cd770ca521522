package io.github.lambdashell.check.ready;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.environment.Group;
import io.github.lambdashell.check.environment.LockFile;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The environment of this machine's bash. */
@EnabledOnOs(OS.LINUX)
class EnvironmentCheckTest {
    @TempDir
    Path directory;

    private Path lock;

    @BeforeEach
    void place() {
        lock = directory.resolve("src/lshell/environment.lock");
    }

    private CheckResult run(String block, boolean overwrite) throws IOException {
        Path file = Files.writeString(directory.resolve("commands.yaml"), "- environment: " + block);
        return new CheckRunner(new LocalShell(), Checks.options("checks", 1, false), List.of())
                .run(Checks.read(Optional.empty(), Optional.of(file), new Settings(directory, overwrite)))
                .results()
                .get(0);
    }

    private List<String> violations(String block) throws IOException {
        return run(block, false).violations().stream().map(Violation::text).toList();
    }

    private void edit(String regex, String replacement) throws IOException {
        String text = Files.readString(lock);
        String edited = text.replaceFirst("(?m)" + regex, replacement);
        assertThat(edited).isNotEqualTo(text);
        Files.writeString(lock, edited);
    }

    @Test
    void theFirstRunWritesTheFactsAndTheNextOneFindsThemUnchanged() throws Exception {
        assertThat(run("{}", false).status()).isEqualTo(Status.PASSED);
        byte[] written = Files.readAllBytes(lock);
        assertThat(violations("{}")).isEmpty();

        assertThat(lock).hasBinaryContent(written);
        assertThat(LockFile.read(lock).facts(Group.SYSTEM))
                .containsEntry("kernel", System.getProperty("os.version"))
                .containsKeys("machine", "c-library", "os");
        assertThat(LockFile.read(lock).facts(Group.PROGRAMS)).containsKeys("bash", "ls");
        assertThat(LockFile.read(lock).facts(Group.VARIABLES)).containsEntry("PATH", "");
        assertThat(LockFile.read(lock).facts(Group.LIMITS)).containsKeys("open files", "stack size");
        assertThat(LockFile.read(lock).facts(Group.MOUNTS)).containsKeys("/", "/proc");
        assertThat(LockFile.read(lock).facts(Group.MODULES)).containsKey("java.base");
        assertThat(LockFile.read(lock).facts(Group.CPU)).isNotEmpty();
        assertThat(LockFile.read(lock).facts(Group.CERTIFICATES)).isNotEmpty();
        assertThat(LockFile.read(lock).facts(Group.USER)).containsKey("uid");
    }

    @Test
    void driftFailsUntilItIsAcceptedOrIgnored() throws IOException {
        run("{}", false);
        edit("^kernel = .*", "kernel = 4.14");
        edit("^bash = /.*\n", "");

        CheckResult failed = run("{}", false);
        assertThat(failed.violations().stream().map(Violation::text))
                .satisfiesExactly(
                        kernel -> assertThat(kernel).startsWith("1 system fact changed: kernel 4.14 -> "),
                        bash -> assertThat(bash).startsWith("1 program added: bash /"));
        assertThat(failed.violations().get(0).changes())
                .containsExactly(new Violation.Change("system", "kernel", "4.14", System.getProperty("os.version")));
        assertThat(failed.violations().get(1).hint()).contains("-Dlshell.overwrite");
        assertThat(violations("{ignore: ['system:kern*', programs]}")).isEmpty();
        CheckResult warned = run("{onDrift: warn}", false);
        assertThat(warned.status()).isEqualTo(Status.WAIVED);
        assertThat(warned.reason()).isEqualTo("a warning, because onDrift is warn");
        assertThat(warned.violations()).hasSize(2);
        assertThat(run("{}", true).status()).isEqualTo(Status.PASSED);
        assertThat(violations("{}")).isEmpty();
        assertThat(run("{onDrift: warn}", false).reason()).isEmpty();
    }

    @Test
    void valuesOfListedVariablesAreFacts() throws Exception {
        run("{variables: [PATH], lockFile: other/my.lock}", false);

        assertThat(LockFile.read(directory.resolve("other/my.lock"))
                        .facts(Group.VARIABLES)
                        .get("PATH"))
                .contains("/bin");
        assertThat(lock).doesNotExist();
    }

    @Test
    void aLockFileThatCanNotBeUsedIsReportedBeforeAnythingRuns() throws IOException {
        run("{}", false);
        edit("^\\[cpu]$", "<<<<<<< HEAD\n[cpu]");

        assertThatThrownBy(() -> run("{}", false))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("commands.yaml:1:3, command 1, environment: lockFile can't be used: ")
                .hasMessageContaining("is the mark of a merge conflict");
        assertThat(run("{}", true).status()).isEqualTo(Status.PASSED);
        assertThat(violations("{}")).isEmpty();
    }

    @Test
    void aScriptThatEndsEarlyWritesNothing() throws IOException {
        Path file =
                Files.writeString(directory.resolve("commands.yaml"), "- {environment: {onDrift: warn}, timeout: 1ms}");
        CheckResult result = new CheckRunner(new LocalShell(), Checks.options("checks", 1, false), List.of())
                .run(Checks.read(Optional.empty(), Optional.of(file), new Settings(directory, false)))
                .results()
                .get(0);

        assertThat(result.status()).isEqualTo(Status.ERROR);
        assertThat(lock).doesNotExist();
    }
}
