package io.github.lambdashell.target.local.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.check.Checks;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.NetworkMode;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.run.Targets;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Folders and zip files of this machine stand for layers. */
class LayersTest {
    private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:layer:";

    @RegisterExtension
    private final Account account = new Account();

    @TempDir
    Path directory;

    private Target target(IsolationMode isolation, Map<String, Path> layers) {
        LocalConfig local = new LocalConfig(isolation, NetworkMode.AUTO, List.of(), null, List.of(), layers);
        return Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, account.home(), local, null));
    }

    private static StackConfig stack(String... layers) {
        FunctionSettings function = new FunctionSettings(
                "java17",
                "x86_64",
                512,
                Duration.ofSeconds(60),
                512,
                Map.of(),
                List.of(layers),
                List.of(),
                List.of(),
                null);
        return Account.config("layers", function);
    }

    private Path zip(String name, String... namesAndContents) throws IOException {
        Path file = directory.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private Path tools() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("tools/bin"));
        Path tool = Files.writeString(bin.resolve("hello"), "#!/bin/sh\necho hello from a layer\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("tools/which"), "tools");
        return directory.resolve("tools");
    }

    @ParameterizedTest
    @EnumSource(
            value = IsolationMode.class,
            names = {"AUTO", "NONE"})
    void aFolderAndAZipFileAreMergedIntoOptALaterOneOverAnEarlier(IsolationMode isolation) throws Exception {
        Map<String, Path> layers = Map.of("tools", tools(), "data", zip("data.zip", "which", "data", "lib/x", "1"));
        try (Target target = target(isolation, layers)) {
            StackDeployment deployment = new StackDeployment(target, account.home(), account);
            DeployedStack stack = deployment
                    .deploy(stack(ARN + "tools:7", ARN + "on-aws:1", ARN + "data:1"))
                    .stack();
            String opt = "opt=$(dirname \"$(dirname \"$(command -v hello)\")\"); ";

            assertThat(Checks.run(
                            """
                            - {run: hello, stdout: hello from a layer}
                            - {name: later, run: '%1$scat "$opt/which"', stdout: data}
                            - {name: both, run: '%1$sls "$opt"', stdout: "bin\\nlib\\nwhich"}
                            """.formatted(opt),
                            new StepSession(
                                    Connection.to(stack, target, account.home()).function())))
                    .allSatisfy(result -> assertThat(result.violations())
                            .as(result.check().name())
                            .isEmpty());
            deployment.remove("layers");
        }
    }

    @Test
    void aZipFileThatCannotBeUnpackedIsRefusedBeforeAnythingIsDeployed() throws Exception {
        Path text = Files.writeString(directory.resolve("layer.zip"), "no zip file");
        Path escape = zip("escape.zip", "../../elsewhere", "x");
        try (Target target = target(IsolationMode.AUTO, Map.of("text", text, "escape", escape))) {
            StackDeployment deployment = new StackDeployment(target, account.home(), account);

            assertThatThrownBy(() -> deployment.deploy(stack(ARN + "text:1")))
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("The local layer " + text + " can't be unpacked: it is no zip file, or a")
                    .hasMessageContaining("<localLayers>");
            assertThatThrownBy(() -> deployment.deploy(stack(ARN + "escape:1")))
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("leads out of it");
            assertThat(account.records()).isEmpty();
            assertThat(target.list()).isEmpty();
        }
    }
}
