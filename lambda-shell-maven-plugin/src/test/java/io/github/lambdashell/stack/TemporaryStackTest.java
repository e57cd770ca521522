package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.FakeStack;
import io.github.lambdashell.fault.HttpAnswer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TemporaryStackTest {
    @RegisterExtension
    private final Account account = new Account();

    @Test
    void lastsAsLongAsItsLeaseAndLeavesNothing() throws InterruptedException {
        try (StackLease lease = take()) {
            assertThat(lease.stack().name()).matches("demo-[a-z0-9]{6}");
            assertThat(account.stacks().names()).containsExactly(lease.stack().name());
            assertThat(account.records()).hasSize(3);
        }

        assertThat(account.stacks().names()).isEmpty();
        assertThat(account.records()).isEmpty();
    }

    @Test
    void isNotMadeWhereTheStackIsDeployed() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));

        try (StackLease lease = take()) {
            assertThat(lease.stack().name()).isEqualTo("demo");
        }
        assertThat(account.stacks().names()).containsExactly("demo");
    }

    @Test
    void isGoneWithItsRecordAlsoWhenItsDeployFails() {
        account.stacks().failNext("CREATE", "ShellFunction", "no");

        assertThatThrownBy(this::take).isInstanceOf(ShellException.class).hasMessageContaining("ShellFunction");

        assertThat(account.stacks().names()).isEmpty();
        assertThat(account.records()).isEmpty();
    }

    @Test
    void isGoneAlsoWhenTheBuildIsInterruptedMeanwhile() throws InterruptedException {
        account.stacks().takeLooks(1000);
        Thread build = new Thread(() -> assertThatThrownBy(this::take));
        build.start();
        while (account.endpoint().count("DescribeStackEvents") == 0) {
            Thread.sleep(5);
        }
        account.stacks().takeLooks(1);
        account.stacks()
                .names()
                .forEach(name -> account.stacks().find(name).orElseThrow().settlesTo("CREATE_COMPLETE", 2));

        build.interrupt();
        build.join(60_000);

        assertThat(account.stacks().names()).isEmpty();
        assertThat(account.records()).isEmpty();
    }

    @Test
    void thatAKilledBuildLeftIsRemovedByTheNextDeployAndUseOfAnyName() throws InterruptedException {
        givenAbandoned("demo-dead01", "demo");
        givenAbandoned("other-dead01", "other");
        account.stacks().given("other-alive1", "CREATE_COMPLETE").tag("lshell:base", "other");

        account.deployment().deploy(Account.config("demo"));

        assertThat(account.stacks().names()).containsExactlyInAnyOrder("demo", "other-alive1");
        assertThat(account.lines())
                .contains("Removed stack demo-dead01, which a killed build left")
                .contains("Removed stack other-dead01, which a killed build left");
        givenAbandoned("other-dead02", "other");
        take().close();
        assertThat(account.stacks().names()).containsExactlyInAnyOrder("demo", "other-alive1");
    }

    @Test
    void ofAnotherNameThatCantBeRemovedIsAWarningOnly() throws InterruptedException {
        givenAbandoned("other-dead01", "other");
        account.endpoint().fault("DeleteStack", 1, (call, upstream, wire) -> {
            HttpAnswer answer = HttpAnswer.queryError(403, "AccessDenied", "not yours");
            wire.send(answer, answer.body().length);
        });

        account.deployment().deploy(Account.config("demo"));

        assertThat(account.lines()).anyMatch(line -> line.contains("not yours"));
        assertThat(account.stacks().names()).contains("demo");
    }

    @Test
    void thatAKilledBuildLeftIsRemovedByTheTeardownOfItsName() throws InterruptedException {
        givenAbandoned("demo-dead01", "demo");

        assertThat(account.deployment().remove("demo")).isTrue();

        assertThat(account.stacks().names()).isEmpty();
        assertThat(account.records()).isEmpty();
    }

    @Test
    void thatWasRecordedButNeverMadeIsForgotten() throws InterruptedException {
        note("demo-dead01", "demo");

        assertThat(account.deployment().remove("demo")).isFalse();

        assertThat(account.records()).isEmpty();
    }

    @Test
    void ofALivingBuildIsLeftToIt() throws InterruptedException {
        try (StackLease lease = take()) {
            account.deployment().remove("demo");

            assertThat(account.stacks().names()).containsExactly(lease.stack().name());
        }
        assertThat(account.stacks().names()).isEmpty();
    }

    @Test
    void ofAnotherMachineGoesWhenItHasExpiredAndIsNamedBefore() throws InterruptedException {
        givenTemporary("demo-old111", "demo")
                .tag("lshell:expires", Instant.now().minus(Duration.ofHours(1)).toString());
        givenTemporary("demo-new111", "demo")
                .tag("lshell:expires", Instant.now().plus(Duration.ofHours(1)).toString());

        assertThat(account.deployment().remove("demo")).isTrue();

        assertThat(account.stacks().names()).containsExactly("demo-new111");
        assertThat(account.lines())
                .contains("Removed stack demo-old111, which was expired")
                .anyMatch(line -> line.startsWith("Kept stack demo-new111, which alice created for"));
    }

    @Test
    void isNamedWhenItHasExpired() {
        note("demo-old111", "demo", Instant.now().minus(Duration.ofHours(3)));

        assertThat(new StackNotes(account.home(), "aws", null).expired(Instant.now(), "demo"))
                .containsExactly("demo-old111 on aws, account 123456789012, eu-west-1 expired 3 h ago; remove it with"
                        + " mvn lshell:teardown -Dlshell.stackName=demo-old111 -Dlshell.target=aws");
    }

    @Test
    void hasANameThatCloudFormationTakesHoweverLongItsBaseIs() throws InterruptedException {
        try (StackLease lease = account.take(Account.config("d".repeat(128)), FunctionSettings.NONE, account)) {
            assertThat(lease.stack().name()).hasSize(128);
        }
    }

    private StackLease take() throws InterruptedException {
        return account.take(Account.config("demo"), FunctionSettings.NONE, account);
    }

    /** As kill -9 leaves it: a record that nobody holds a lock on. */
    private void givenAbandoned(String name, String base) {
        givenTemporary(name, base);
        note(name, base);
    }

    private void note(String name, String base) {
        note(name, base, Instant.now().plus(Duration.ofHours(1)));
    }

    private void note(String name, String base, Instant expires) {
        new StackRecords(account.home())
                .add(new StackRecord(name, base, account.target().location(), expires.toString()));
    }

    private FakeStack givenTemporary(String name, String base) {
        return account.stacks().given(name, "CREATE_COMPLETE").tag("lshell:base", base);
    }
}
