package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.DeployLines;
import io.github.lambdashell.fake.StackConfigs;
import io.github.lambdashell.run.Targets;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Deployment;
import io.github.lambdashell.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One stack under one runtime after another, on the local target. */
class ChangedDeployTest {
    @TempDir
    Path home;

    private final DeployLines listener = new DeployLines();
    private Target target;

    @BeforeEach
    void open() {
        target = Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, home));
    }

    @AfterEach
    void close() {
        target.close();
    }

    @Test
    void aPackageThatIsBuiltAgainIsNoChange(@TempDir Path folder) throws IOException, InterruptedException {
        Path jar = folder.resolve("app.jar");
        zip(jar, "A.class", 0);
        assertThat(deploy("java21", new ProjectCode(jar, List.of())).changed()).isTrue();

        zip(jar, "A.class", 1_000_000_000_000L);
        assertThat(deploy("java21", new ProjectCode(jar, List.of())).changed()).isFalse();

        zip(jar, "B.class", 0);
        assertThat(deploy("java21", new ProjectCode(jar, List.of())).changed()).isTrue();
    }

    @Test
    void theUseOfAStackNamesItsCode(@TempDir Path folder) throws IOException, InterruptedException {
        Path jar = folder.resolve("app.jar");
        zip(jar, "A.class", 0);
        ProjectCode code = new ProjectCode(jar, List.of());
        deploy("java21", code);

        assertThat(told(config("java21", code)))
                .containsExactly("demo is deployed with " + jar + " (1 KB, configured with codePath)");
        Warnings warnings = new Warnings();
        StackLease lease = take(config("python3.13", code), warnings);
        assertThat(warnings.lines)
                .containsExactly("demo is deployed with the runtime java21, but this build configures python3.13;"
                        + " lshell:deploy updates it");
        assertThat(lease.differences()).containsExactly("python3.13 configured, deployed with java21");
        zip(jar, "B.class", 0);
        assertThat(told(config("java21", code)))
                .containsExactly("demo is deployed with other code than " + jar + "; lshell:deploy updates it");
    }

    private List<String> told(StackConfig config) throws InterruptedException {
        listener.lines().clear();
        assertThat(take(config, listener).differences()).isEmpty();
        return listener.lines();
    }

    private StackLease take(StackConfig config, DeployListener to) throws InterruptedException {
        return StackLease.take(target, new StackLease.Request(config, FunctionSettings.NONE, false, home), to);
    }

    @Test
    void whatIsRefusedLeavesNothingBehind(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("app.jar"), "no zip file");

        assertThatThrownBy(() -> deploy("java21", new ProjectCode(broken, List.of())))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("is not a zip file");
        assertThatThrownBy(() -> deploy("cobol1.x", null))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("has no runtime cobol1.x")
                .hasMessageContaining("Nothing was deployed");

        assertThat(target.exists("demo")).isFalse();
        assertThat(home.resolve("stacks")).doesNotExist();
        assertThat(listener.lines()).isEmpty();
    }

    private Deployment deploy(String runtime, ProjectCode code) throws InterruptedException {
        return new StackDeployment(target, home, listener).deploy(config(runtime, code));
    }

    private static StackConfig config(String runtime, ProjectCode code) {
        FunctionSettings function = new FunctionSettings(
                runtime, "x86_64", 512, Duration.ofSeconds(60), 512, Map.of(), List.of(), List.of(), List.of(), null);
        return StackConfigs.of("demo", function, code);
    }

    private static void zip(Path file, String name, long time) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            ZipEntry entry = new ZipEntry(name);
            entry.setTime(time);
            zip.putNextEntry(entry);
            zip.write(1);
            zip.closeEntry();
        }
    }
}
