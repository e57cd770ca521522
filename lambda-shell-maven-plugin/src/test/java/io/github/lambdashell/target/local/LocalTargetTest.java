package io.github.lambdashell.target.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.NetworkMode;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.JavaCommand;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.ShellResult;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.SideChannel;
import io.github.lambdashell.target.code.FunctionPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
                    .invoke(ShellRequest.command("echo $STAGE; ls -A ${TMPDIR:-/tmp}; exit 3"), output);

            assertThat(output.stdout()).isEqualTo("test\n");
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.report().orElseThrow().line()).startsWith("REPORT RequestId: ");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = IsolationMode.class,
            names = {"AUTO", "NONE"})
    void aWrapperScriptOfTheUserIsForTheHandlerOnly(IsolationMode isolation) throws InterruptedException {
        StackConfig stack = Account.config(
                "demo",
                FunctionSettings.NONE
                        .complete("java21")
                        .withVariables(Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/var/task/.lshell/missing")));
        LocalConfig local = LocalConfig.isolated(isolation);
        try (LocalTarget target = new LocalTarget(new TargetConfig(Kind.LOCAL, null, null, null, home, local, null))) {
            DeployedStack deployed =
                    new StackDeployment(target, home, listener).deploy(stack).stack();
            Captured output = new Captured();
            Connection.to(deployed, target, home)
                    .function()
                    .invoke(
                            ShellRequest.command("test $LSHELL_HANDLER_WRAPPER = $LAMBDA_TASK_ROOT/.lshell/missing"
                                    + " && echo ${AWS_LAMBDA_EXEC_WRAPPER#$LAMBDA_TASK_ROOT}"),
                            output);

            assertThat(output.stdout()).isEqualTo("/.lshell/wrapper\n");
            assertThat(deployed.variables()).isEqualTo(1);
            assertThat(deployed.function()).isEqualTo(stack.function());
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

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command that reads the function's code after a change of its stack, and returns its output. */
    private static String runDuring(Connection connection, Change change) throws InterruptedException {
        StringBuilder output = new StringBuilder();
        connection
                .function()
                .invoke(
                        ShellRequest.command("echo $STAGE; sleep 0.5; ls /var/task/.lshell | grep -c wrapper"),
                        new Silence() {
                            @Override
                            public void stdout(byte[] bytes, int offset, int length) {
                                if (output.isEmpty()) {
                                    change.run();
                                }
                                output.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
                            }
                        });
        return output.toString();
    }

    private interface Change {
        void run();
    }

    @Test
    void aRunningCommandFinishesWhenItsStackIsRemoved() throws InterruptedException, IOException {
        try (LocalTarget target = open();
                LocalTarget other = open()) {
            DeployedStack deployed =
                    new StackDeployment(target, home, listener).deploy(stack()).stack();
            Connection connection = Connection.to(deployed, target, home);

            List<String> logs = new ArrayList<>();
            String output = runDuring(connection, () -> {
                remove(other);
                logs.addAll(names(home.resolve("local/logs")));
            });

            assertThat(output).isEqualTo("test\n1\n");
            assertThat(logs).as("logs during the command").containsExactly("demo");
            assertThat(other.find("demo", listener)).isEmpty();
        }
        for (String folder : List.of("local/stacks", "local/logs", "stacks")) {
            assertThat(names(home.resolve(folder))).as(folder).isEmpty();
        }
    }

    @Test
    void aRunningCommandKeepsItsCodeWhenItsStackGetsOther() throws InterruptedException, IOException {
        StackConfig changed =
                Account.config("demo", FunctionSettings.NONE.complete("java21").withVariables(Map.of("STAGE", "new")));
        try (LocalTarget target = open();
                LocalTarget other = open()) {
            DeployedStack deployed =
                    new StackDeployment(target, home, listener).deploy(stack()).stack();
            Connection connection = Connection.to(deployed, target, home);

            String output = runDuring(connection, () -> deploy(other, changed));

            assertThat(output).isEqualTo("test\n1\n");
            assertThat(runDuring(connection, () -> {})).isEqualTo("new\n1\n");
        }
        assertThat(names(home.resolve("local/stacks/demo"))).containsExactly("stack.json");
    }

    private void remove(LocalTarget target) {
        try {
            new StackDeployment(target, home, listener).remove("demo");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void differencesFromLambdaAreWarnings() throws InterruptedException {
        List<String> information = new CopyOnWriteArrayList<>();
        List<String> warnings = new CopyOnWriteArrayList<>();
        try (LocalTarget target = open()) {
            target.reportTo(information::add, warnings::add);
            StackConfig config = Account.config("demo", FunctionSettings.NONE.complete("provided.al2023"));
            DeployedStack stack =
                    new StackDeployment(target, home, listener).deploy(config).stack();
            Connection.to(stack, target, home).function().invoke(ShellRequest.command(":"), new Captured());

            assertThat(warnings)
                    .containsExactly("Local target: provided.al2023 requested, running on this machine's own programs");
            assertThat(information).singleElement().asString().startsWith("Local target: isolation is ");
        }
    }

    @Test
    void settingsThatOnlyAwsHasAreNamed() {
        List<String> steps = new ArrayList<>();
        StackConfig config = new StackConfig(
                "demo",
                FunctionSettings.NONE.complete("java17"),
                null,
                Map.of(),
                null,
                List.of("arn:aws:iam::aws:policy/ReadOnlyAccess"),
                "arn:aws:iam::1:policy/boundary",
                null,
                null,
                Duration.ofDays(1),
                false,
                true,
                false,
                "live",
                null);
        try (LocalTarget target = open();
                FunctionPackage code = target.prepare(config)) {
            target.deploy(config, code, "demo", new Silence() {
                @Override
                public void step(String line) {
                    steps.add(line);
                }
            });
        }

        assertThat(steps)
                .containsExactly(
                        "Local target: it has no VPC, IAM, S3, KMS and published versions; these settings work only with target=aws:"
                                + " managedPolicies, permissionsBoundary, publish, qualifier");
    }

    private void deploy(LocalTarget target, StackConfig config) {
        try {
            new StackDeployment(target, home, listener).deploy(config);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A build that is killed while it may run a stack's code. */
    public static void main(String[] args) throws Exception {
        LocalTarget target = new LocalTarget(new TargetConfig(Kind.LOCAL, null, null, null, Path.of(args[0])));
        target.find("demo", new Silence());
        System.out.println("ready");
        Thread.sleep(600_000);
        target.close();
    }

    @Test
    void whatAKilledBuildUsedOfARemovedStackIsDeletedByALaterTeardown() throws Exception {
        deploy(stack());
        Process killed = new ProcessBuilder(JavaCommand.of(LocalTargetTest.class, home.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(killed.inputReader().readLine()).isEqualTo("ready");
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (names(home.resolve("local/logs")).isEmpty()) {
                assertThat(System.nanoTime()).as("it prepares a sandbox").isLessThan(limit);
                Thread.sleep(10);
            }
            try (LocalTarget target = open()) {
                target.delete("demo", listener);
            }
            assertThat(names(home.resolve("local/logs"))).containsExactly("demo");
        } finally {
            killed.destroyForcibly().waitFor();
        }
        try (LocalTarget target = open()) {
            target.delete("demo", listener);
        }
        assertThat(names(home.resolve("local/logs"))).isEmpty();
    }

    private void deploy(StackConfig config) {
        try (LocalTarget target = open()) {
            deploy(target, config);
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

    @Test
    void aSandboxOnANetworkOfItsOwnReachesTheSideChannel() throws InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")));
        LocalConfig local = new LocalConfig(IsolationMode.AUTO, NetworkMode.AUTO, List.of(), null, List.of(), Map.of());
        try (LocalTarget target = new LocalTarget(new TargetConfig(Kind.LOCAL, null, null, null, home, local, null))) {
            DeployedStack deployed =
                    new StackDeployment(target, home, listener).deploy(stack()).stack();
            SideChannel channel =
                    target.connect(deployed, report -> {}).sideChannel().orElseThrow();
            String key = channel.newKey();
            channel.put(key, "through".getBytes(StandardCharsets.UTF_8));
            Captured output = new Captured();

            Connection.to(deployed, target, home)
                    .function()
                    .invoke(ShellRequest.command("curl -s '" + channel.urlToGet(key) + "'"), output);

            assertThat(output.stdout()).isEqualTo("through");
            String isolation = target.describe().isolation().orElseThrow();
            assumeTrue(isolation.contains("network of its own"), isolation);
        }
    }
}
