package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.fake.Account;
import io.github.lambdashell.run.ShowStacks.Removal;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.Target;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The stacks as {@code lshell:status} shows them. */
class ShowStacksTest {
    private static final Removal PLAIN = new Removal("lshell:teardown", List.of(), List.of());

    @RegisterExtension
    private final Account account = new Account();

    @Test
    void thatThereIsNoneIsSaid() {
        try (Target target = Targets.openToRead(account.localTarget())) {
            ShowStacks.run(target, account.home(), PLAIN, account);
        }

        assertThat(account.lines())
                .containsExactly("There is no stack (local), and none is recorded in " + account.home());
        assertThat(account.home()).isEmptyDirectory();
    }

    @Test
    void eachHasTheCommandThatRemovesIt() throws InterruptedException {
        deployBoth();
        account.lines().clear();

        ShowStacks.run(
                account.target(),
                account.home(),
                new Removal("g:a:1:teardown", List.of("-Dlshell.home=/my home"), List.of("-Dlshell.profile=dev")),
                account);

        assertThat(account.lines()).hasSize(5);
        assertThat(account.lines().get(0)).startsWith("AWS account 123456789012, region eu-west-1");
        assertThat(account.lines().get(1)).startsWith("demo (local): java21, ");
        assertThat(account.lines().get(2))
                .isEqualTo("  to remove it: mvn g:a:1:teardown -Dlshell.stackName=demo -Dlshell.target=local"
                        + " '-Dlshell.home=/my home'");
        assertThat(account.lines().get(3)).startsWith("demo (aws, account 123456789012, eu-west-1): java21, ");
        assertThat(account.lines().get(4))
                .isEqualTo("  to remove it: mvn g:a:1:teardown -Dlshell.stackName=demo -Dlshell.target=aws"
                        + " '-Dlshell.home=/my home' -Dlshell.region=eu-west-1 -Dlshell.profile=dev");
    }

    @Test
    void programsGetOneLineForEach() throws InterruptedException {
        deployBoth();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ShowStacks.write(account.target(), account.home(), PLAIN, out);

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("demo\t") && line.split("\t").length == 11)
                .allMatch(line -> line.contains("\tmvn lshell:teardown -Dlshell.stackName=demo -Dlshell.target="));
    }

    private void deployBoth() throws InterruptedException {
        try (Target local = Targets.open(account.localTarget())) {
            new StackDeployment(local, account.home(), account).deploy(Account.config("demo"));
        }
        account.deployment().deploy(Account.config("demo"));
    }
}
