package io.github.lambdashell.target.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.ShellResult;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.DeployedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTargetTest {
    @TempDir
    Path home;

    private final Silence listener = new Silence();

    private LocalTarget open() {
        return new LocalTarget(new TargetConfig(Kind.LOCAL, null, null, null, home));
    }

    private static StackConfig stack() {
        return Account.config("demo", FunctionSettings.NONE.complete("java21").withVariables(Map.of("STAGE", "test")));
    }

    @Test
    void aStackOutlivesTheProcessThatDeployedIt() throws InterruptedException {
        DeployedStack deployed;
        try (LocalTarget first = open()) {
            deployed =
                    new StackDeployment(first, home, listener).deploy(stack()).stack();
        }
        try (LocalTarget second = open()) {
            assertThat(second.find("demo", listener)).contains(deployed);
            assertThat(second.list()).containsExactly(deployed);
            Captured output = new Captured();

            ShellResult result = Connection.to(deployed, second, home)
                    .function()
                    .invoke(ShellRequest.command("echo $STAGE; exit 3"), output);

            assertThat(output.stdout()).isEqualTo("test\n");
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.report().orElseThrow().line()).startsWith("REPORT RequestId: ");
        }
    }

    @Test
    void aTeardownLeavesNothingOfTheStack() throws InterruptedException, IOException {
        try (LocalTarget target = open()) {
            StackDeployment stacks = new StackDeployment(target, home, listener);
            DeployedStack deployed = stacks.deploy(stack()).stack();
            Connection.to(deployed, target, home).function().invoke(ShellRequest.command("true"), new Captured());

            assertThat(stacks.remove("demo")).isTrue();
            assertThat(stacks.remove("demo")).isFalse();
        }
        for (String folder : List.of("stacks", "logs", "sandboxes", "tmp")) {
            assertThat(names(home.resolve("local").resolve(folder))).as(folder).isEmpty();
        }
        assertThat(names(home.resolve("stacks"))).isEmpty();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void aStackThatIsRemovedDuringAGoalIsReported() throws InterruptedException {
        try (LocalTarget target = open();
                LocalTarget other = open()) {
            DeployedStack deployed =
                    new StackDeployment(target, home, listener).deploy(stack()).stack();
            Connection connection = Connection.to(deployed, target, home);
            other.delete("demo", listener);

            assertThatThrownBy(() -> connection.function().invoke(ShellRequest.command("true"), new Captured()))
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("The stack demo was removed while it was in use");
        }
    }
}
