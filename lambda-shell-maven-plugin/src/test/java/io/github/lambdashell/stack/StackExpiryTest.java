package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.FakeStack;
import io.github.lambdashell.target.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StackExpiryTest {
    private static final String EXPIRES = "lshell:expires";

    @RegisterExtension
    private final Account account = new Account();

    private final Warnings warnings = new Warnings();

    @BeforeEach
    void deployed() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.endpoint().heal();
    }

    @Test
    void isNamedOnceByWhoeverUsesTheStackAndCostsNoCall() throws InterruptedException {
        expire(Duration.ofHours(3));

        take();

        assertThat(warnings.lines)
                .containsExactly("demo expired 3 h ago; lshell:deploy extends it, lshell:teardown removes it");
        assertThat(account.endpoint().calls()).hasSize(1);
    }

    @Test
    void isNotNamedBeforeItsTime() throws InterruptedException {
        take();

        assertThat(warnings.lines).isEmpty();
    }

    @Test
    void thatSomebodySetToSomethingElseIsNotNamed() throws InterruptedException {
        stack().tag(EXPIRES, "tomorrow");

        take();

        assertThat(warnings.lines).isEmpty();
    }

    @Test
    void isNamedByADeployWhichExtendsTheStack() throws InterruptedException {
        expire(Duration.ofDays(5));

        Deployment deployment = deploy();

        assertThat(warnings.lines).containsExactly("demo expired 5 days ago; this deploy extends it");
        assertThat(deployment.changed()).isTrue();
        assertThat(tagged()).isAfter(Instant.now().plus(Duration.ofHours(23)));
        take();
        assertThat(warnings.lines).hasSize(1);
    }

    @Test
    void isPutOffByADeployOnceHalfOfTheTimeIsOver() throws InterruptedException {
        expire(Duration.ofHours(11).negated());

        assertThat(deploy().changed()).isTrue();

        assertThat(tagged()).isAfter(Instant.now().plus(Duration.ofHours(23)));
        assertThat(warnings.lines).isEmpty();
    }

    @Test
    void staysInAnUnchangedDeployBeforeThatAndInTheRecordOfThisMachine() throws InterruptedException {
        expire(Duration.ofHours(13).negated());
        Instant before = tagged();

        assertThat(deploy().changed()).isFalse();

        assertThat(tagged()).isEqualTo(before);
        assertThat(new StackRecords(account.home()).all())
                .singleElement()
                .returns(before.toString(), StackRecord::expires);
    }

    @Test
    void ofTheGoalsOwnStackIsReadFromItsTagAlone() {
        new StackRecords(account.home())
                .add(new StackRecord("demo", "demo", account.target().location(), "2026-01-01T00:00:00Z"));

        StackNotes notes = new StackNotes(account.home(), "aws", null);

        assertThat(notes.expired(Instant.now(), "demo")).isEmpty();
        assertThat(notes.expired(Instant.now(), "other")).hasSize(1);
    }

    private void expire(Duration ago) {
        stack().tag(
                        EXPIRES,
                        Instant.now().minus(ago).truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private Instant tagged() {
        return Instant.parse(stack().tags().get(EXPIRES));
    }

    private FakeStack stack() {
        return account.stacks().find("demo").orElseThrow();
    }

    private void take() throws InterruptedException {
        account.take(Account.config("demo"), FunctionSettings.NONE, warnings).close();
    }

    private Deployment deploy() throws InterruptedException {
        return new StackDeployment(account.target(), account.home(), warnings).deploy(Account.config("demo"));
    }
}
