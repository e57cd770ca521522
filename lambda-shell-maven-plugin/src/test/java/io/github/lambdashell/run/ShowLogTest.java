package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log of functions as {@code lshell:logs} writes it. */
class ShowLogTest {
    private static final Silence SILENCE = new Silence();

    @RegisterExtension
    private final Account account = new Account();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aLocalStacksLogIsReadByAnotherProcessWithoutAChange() throws Exception {
        try (Target target = Targets.open(account.localTarget())) {
            DeployedStack stack = deploy(target);
            Connection.to(stack, target, account.home()).function().invoke(ShellRequest.command("true"), SILENCE);
        }
        Map<String, Long> before = files();

        show(account.localTarget(), "demo", false);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("==> ")
                .containsOnlyOnce("==> ")
                .contains("\nINIT_START Runtime Version: ", "\nSTART RequestId: ", "\nREPORT RequestId: ");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void secretsAreMaskedAndStreamsAreNamed() throws Exception {
        try (Target target = Targets.open(account.localTarget())) {
            deploy(target);
        }
        Path logs = Files.createDirectories(account.home().resolve("local/logs/demo"));
        Files.writeString(logs.resolve("1.log"), "my s3cr3t-token\nAWS_SECRET_ACCESS_KEY=abcdefgh\n");
        Files.writeString(logs.resolve("2.log"), "other\n");

        show(account.localTarget(), "demo", false);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                ==> 1 <==
                my ***
                AWS_SECRET_ACCESS_KEY=***

                ==> 2 <==
                other
                """);
    }

    @Test
    void whoFollowsReadsUntilTheStackIsRemoved() throws Exception {
        try (Target target = Targets.open(account.localTarget())) {
            deploy(target);
            Path logs = Files.createDirectories(account.home().resolve("local/logs/demo"));
            Files.writeString(logs.resolve("1.log"), "before\n");
            Thread follower = new Thread(() -> {
                try {
                    show(account.localTarget(), "demo", true);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            follower.start();
            await("before\n");
            Files.writeString(logs.resolve("2.log"), "after\n");
            await("after\n");
            new StackDeployment(target, account.home(), account).remove("demo");
            follower.join();
        }

        assertThat(account.lines()).contains("The stack demo was removed");
    }

    @Test
    void aStackWithoutALogAndNoStackAreReported() throws Exception {
        try (Target target = Targets.open(account.localTarget())) {
            deploy(target);
        }

        show(account.localTarget(), "demo", false);

        assertThat(out.size()).isZero();
        assertThat(account.lines())
                .contains("The function of the stack demo has no log yet; it gets one with the first command");
        assertThatThrownBy(() -> show(account.localTarget(), "other", false))
                .isInstanceOf(ShellException.class)
                .hasMessage("There is no stack other (local). mvn lshell:status lists the stacks; specify one with"
                        + " -Dlshell.stackName.");
    }

    @Test
    void aStackOfAnotherTargetIsNamed() throws Exception {
        account.deployment().deploy(Account.config("demo"));

        assertThatThrownBy(() -> show(account.localTarget(), "demo", false))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("There is no stack demo (local)")
                .hasMessageContaining("to use it: -Dlshell.target=aws -Dlshell.region=eu-west-1");
    }

    @Test
    void anEntryOfAwsHasItsTime() throws Exception {
        account.deployment().deploy(Account.config("demo"));
        account.aws().logs().create("demo-loggroup-abc123");
        account.aws().logs().add("demo-loggroup-abc123", "2026/[$LATEST]1", 0, "hello\n");

        ShowLog.run(account.target(), request("demo", false), account.home(), out, account);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                ==> 2026/[$LATEST]1 <==
                1970-01-01T00:00:00Z hello
                """);
    }

    private DeployedStack deploy(Target target) throws InterruptedException {
        return new StackDeployment(target, account.home(), account)
                .deploy(Account.config(
                        "demo",
                        FunctionSettings.NONE.complete("java21").withVariables(Map.of("TOKEN", "s3cr3t-token"))))
                .stack();
    }

    private void show(TargetConfig config, String stackName, boolean follow) throws InterruptedException {
        try (Target target = Targets.openToRead(config)) {
            ShowLog.run(target, request(stackName, follow), account.home(), out, account);
        }
    }

    private static ShowLog.Request request(String stackName, boolean follow) {
        return new ShowLog.Request(stackName, Optional.empty(), follow, List.of("TOKEN"));
    }

    private void await(String text) throws InterruptedException {
        while (!out.toString(StandardCharsets.UTF_8).endsWith(text)) {
            Thread.sleep(5);
        }
    }

    private Map<String, Long> files() throws IOException {
        Map<String, Long> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(account.home())) {
            for (Path file : files.toList()) {
                times.put(
                        file.toString(),
                        Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                                .toMillis());
            }
        }
        return times;
    }
}
