package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.stack.StackStatus.Mark;
import io.github.lambdashell.target.StackLocation;
import io.github.lambdashell.target.Target;
import io.github.lambdashell.target.local.LocalTarget;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StackOverviewTest {
    private static final StackLocation ELSEWHERE = new StackLocation("aws", "999999999999", "us-east-1");

    @RegisterExtension
    private final Account account = new Account();

    @Test
    void nothingIsFoundAndNothingIsCreated() throws Exception {
        assertThat(read(Instant.now())).isEmpty();
        assertThat(account.home()).isEmptyDirectory();
    }

    @Test
    void aStackOfThisMachineIsShownWithItsAgeItsExpiryAndItsUse() throws Exception {
        deployLocally("demo");
        Instant now = Instant.now();

        assertThat(read(now.plus(Duration.ofHours(3))))
                .extracting(stack -> stack.line(now.plus(Duration.ofHours(3))))
                .containsExactly(
                        "demo (local): java21, 3 h old, expires in 20 h, never used, of " + StackSweep.currentUser());
        assertThat(read(now.plus(Duration.ofDays(3))))
                .extracting(stack -> stack.line(now.plus(Duration.ofDays(3))))
                .singleElement()
                .asString()
                .contains("3 days old, EXPIRED 2 days ago, never used");
    }

    @Test
    void theLastUseIsThatOfThisMachine() throws Exception {
        deployLocally("demo");
        account.deployment().deploy(Account.config("used"));
        account.deployment().deploy(Account.config("unused"));
        Files.writeString(account.home().resolve("stacks/local-demo.usage"), "12 512 90\n");
        Files.writeString(account.home().resolve("stacks/aws-123456789012-eu-west-1-used.usage"), "12 512 90\n");
        Instant now = Instant.now();

        List<StackStatus> stacks = read(now);

        assertThat(stacks).extracting(StackStatus::name).containsExactly("demo", "unused", "used");
        assertThat(stacks.get(0).line(now)).contains("last used 0 s ago");
        assertThat(stacks.get(1).line(now)).contains("last use unknown");
        assertThat(stacks.get(2).line(now)).contains("last used 0 s ago");
    }

    @Test
    void aTemporaryStackIsMarkedByItsBuild() throws Exception {
        StackLease lease = account.take(Account.config("demo"), FunctionSettings.NONE, account);
        String name = lease.stack().name();

        assertThat(read(Instant.now())).singleElement().satisfies(stack -> assertThat(stack.marks())
                .containsExactly(Mark.RUNNING));

        // A build that was killed leaves the record and the file of its lock, which nobody holds.
        lease.close();
        account.deployment().deploy(Account.config(name), "demo");
        Files.createFile(account.home().resolve("stacks/aws-123456789012-eu-west-1-" + name + ".lock"));

        StackStatus orphan = read(Instant.now()).get(0);

        assertThat(orphan.marks()).containsExactly(Mark.ORPHANED);
        assertThat(orphan.line(Instant.now())).endsWith(", its build has ended");
        assertThat(account.records()).hasSize(3);
        assertThat(account.stacks().names()).containsExactly(name);
    }

    @Test
    void aTemporaryStackOfAnotherMachineMayBeInUse() throws Exception {
        account.deployment().deploy(Account.config("demo-abc123"), "demo");
        new StackRecords(account.home()).remove(account.target().location(), "demo-abc123");

        assertThat(read(Instant.now())).singleElement().satisfies(stack -> assertThat(stack.marks())
                .containsExactly(Mark.TEMPORARY));
    }

    @Test
    void recordsAreShownAlsoOfStacksThatAreNotThereOrWereNotLookedFor() throws Exception {
        StackRecords records = new StackRecords(account.home());
        records.add(new StackRecord("gone", "gone", account.target().location(), "2026-01-01T00:00:00Z"));
        records.add(new StackRecord("far", "far", ELSEWHERE, "2026-01-01T00:00:00Z"));

        List<StackStatus> stacks = read(Instant.parse("2025-12-31T21:00:00Z"));

        assertThat(stacks).extracting(StackStatus::name).containsExactly("gone", "far");
        assertThat(stacks.get(0).marks()).containsExactly(Mark.MISSING);
        assertThat(stacks.get(1).marks()).containsExactly(Mark.RECORDED);
        assertThat(stacks.get(1).line(Instant.parse("2025-12-31T21:00:00Z")))
                .isEqualTo("far (aws, account 999999999999, us-east-1): expires in 3 h, last use unknown,"
                        + " as recorded, not looked for");
        assertThat(read(Instant.now()).get(0).marks()).contains(Mark.EXPIRED);
    }

    @Test
    void aLineForProgramsHasElevenFields() throws Exception {
        deployLocally("demo");
        StackStatus stack = read(Instant.now().plus(Duration.ofDays(2))).get(0);

        assertThat(stack.fields("mvn x").split("\t"))
                .containsExactly(
                        "demo",
                        "local",
                        "-",
                        "-",
                        "expired",
                        stack.created().orElseThrow().toString(),
                        stack.expires().orElseThrow().toString(),
                        "never",
                        "java21",
                        StackSweep.currentUser(),
                        "mvn x");
        assertThat(new StackStatus(
                                "far",
                                ELSEWHERE,
                                Set.of(Mark.RECORDED, Mark.EXPIRED),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())
                        .fields("mvn x"))
                .isEqualTo("far\taws\t999999999999\tus-east-1\texpired,recorded\tunknown\tunknown\tunknown\tunknown"
                        + "\tunknown\tmvn x");
    }

    private void deployLocally(String name) throws InterruptedException {
        try (Target target = new LocalTarget(account.localTarget())) {
            new StackDeployment(target, account.home(), account).deploy(Account.config(name));
        }
    }

    private List<StackStatus> read(Instant now) {
        try (Target local = LocalTarget.openToRead(account.localTarget())) {
            return new StackOverview(account.home(), now).read(List.of(local, account.target()));
        }
    }
}
