package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.FaultyEndpoint;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.stack.StackNotes;
import io.github.lambdashell.stack.StackSweep;
import io.github.lambdashell.stack.StackUsage;
import io.github.lambdashell.target.Deployment;
import io.github.lambdashell.target.InvocationReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeardownTest {
    private static final byte[] CONTENT = {1};

    @RegisterExtension
    private final Account account = new Account();

    @Test
    void everythingGoesWithAllVersionsAndMarkersAndTheRecord() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        for (int i = 0; i < 1500; i++) {
            account.aws().s3().put("demo-bucket-abc123", "session/" + i, i % 2 == 0 ? CONTENT : null);
        }

        assertThat(account.deployment().remove("demo")).isTrue();

        assertThat(account.stacks().names()).isEmpty();
        assertThat(account.aws().s3().hasBucket("demo-bucket-abc123")).isFalse();
        assertThat(account.records()).isEmpty();
        assertThat(account.endpoint().count("DeleteObjects"))
                .as("a thousand at a time")
                .isEqualTo(2);
    }

    @Test
    void anEmulatorThatKnowsNoVersionsIsAskedForObjects() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.endpoint()
                .fault(
                        "ListObjectVersions",
                        FaultyEndpoint.EVERY_CALL,
                        Fault.answer(HttpAnswer.s3Error(405, "MethodNotAllowed", "not allowed")));

        assertThat(account.deployment().remove("demo")).isTrue();

        account.assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEmulatorThatKnowsNoRequestForManyObjectsIsAskedForEach(boolean withVersions) throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.aws().s3().put("demo-bucket-abc123", "session/1", new byte[1]);
        HttpAnswer unknown = HttpAnswer.s3Error(501, "NotImplemented", "not implemented");
        account.endpoint().fault("DeleteObjects", FaultyEndpoint.EVERY_CALL, Fault.answer(unknown));
        if (!withVersions) {
            account.endpoint().fault("ListObjectVersions", FaultyEndpoint.EVERY_CALL, Fault.answer(unknown));
        }

        assertThat(account.deployment().remove("demo")).isTrue();

        assertThat(account.endpoint().count("DeleteObject")).isEqualTo(2);
        account.assertNothingIsLeft();
    }

    /** As S3 answers if two builds empty a bucket at a time. */
    @Test
    void aVersionThatIsDeletedInTheMeantimeIsNoFailure() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.endpoint()
                .fault(
                        "DeleteObjects",
                        FaultyEndpoint.EVERY_CALL,
                        Fault.changing(body -> ("<DeleteResult><Error><Key>session/1</Key><VersionId>1</VersionId>"
                                        + "<Code>NoSuchVersion</Code><Message>The specified version does not exist."
                                        + "</Message></Error></DeleteResult>")
                                .getBytes(StandardCharsets.UTF_8)));

        assertThat(account.deployment().remove("demo")).isTrue();

        account.assertNothingIsLeft();
    }

    @Test
    void aSecondTeardownHasNothingToDo() throws InterruptedException {
        assertThat(account.deployment().remove("demo")).isFalse();
        assertThat(account.endpoint().counts()).doesNotContainKeys("DeleteStack", "DescribeStackResources");
    }

    private static InvocationReport report(Duration billed, int maxMemoryUsed) {
        return new InvocationReport(
                "",
                "request",
                billed,
                billed,
                512,
                maxMemoryUsed,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void theUsageOfTheStackIsPrintedWhenItIsRemoved() throws InterruptedException {
        Deployment deployment = account.deployment().deploy(Account.config("demo"));
        StackUsage usage = StackUsage.of(account.home(), deployment.stack());
        usage.add(report(Duration.ofMillis(1500), 90));
        usage.add(report(Duration.ofMillis(500), 143));

        account.deployment().remove("demo");

        assertThat(account.lines())
                .anyMatch(line -> line.startsWith("Removed stack demo (aws)")
                        && line.endsWith(": 2 invocations, 2000 ms billed (1.00 GB-seconds), 143 of 512 MB used"));
        assertThat(account.records()).isEmpty();
    }

    @Test
    void aBucketThatIsWrittenToWhileItIsEmptiedIsEmptiedAgain() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.endpoint().fault("DeleteStack", 1, (call, upstream, wire) -> {
            account.aws().s3().put("demo-bucket-abc123", "session/late", CONTENT);
            HttpAnswer answer = upstream.answer(call);
            wire.send(answer, answer.body().length);
        });

        assertThat(account.deployment().remove("demo")).isTrue();

        assertThat(account.stacks().names()).isEmpty();
        assertThat(account.lines()).contains("demo is DELETE_FAILED, retrying");
    }

    @Test
    void remainingResourcesAreReportedWithTheCommandsThatRemoveThem() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        for (int i = 0; i < 3; i++) {
            account.stacks()
                    .failNext(
                            "DELETE",
                            "LogGroup",
                            "User: arn:aws:iam::1:user/eve is not authorized to perform: logs:DeleteLogGroup on"
                                    + " resource: arn:aws:logs:eu-west-1:1:log-group:x");
        }

        assertThatThrownBy(() -> account.deployment().remove("demo"))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("The stack demo is DELETE_FAILED, this could not be removed:")
                .hasMessageContaining("LogGroup (AWS::Logs::LogGroup): arn:aws:iam::1:user/eve may not do"
                        + " logs:DeleteLogGroup on arn:aws:logs:eu-west-1:1:log-group:x")
                .hasMessageContaining("aws logs delete-log-group --log-group-name demo-loggroup-abc123");
        assertThat(account.endpoint().count("DeleteStack")).isEqualTo(3);
        assertThat(account.records()).as("the next teardown knows of it").isNotEmpty();

        assertThat(account.deployment().remove("demo")).isTrue();
        assertThat(account.records()).isEmpty();
    }

    @Test
    void aProtectedStackIsLeftWithWhatIsInItsBucket() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.stacks().find("demo").orElseThrow().protect();

        assertThatThrownBy(() -> account.deployment().remove("demo"))
                .hasMessageContaining("is protected from termination; it was not changed");
        assertThat(account.aws().s3().versions("demo-bucket-abc123")).isNotEmpty();
    }

    @Test
    void aStackOfSomebodyElseIsLeftAlone() {
        account.stacks().givenForeign("demo", "CREATE_COMPLETE");

        assertThatThrownBy(() -> account.deployment().remove("demo"))
                .hasMessageContaining("was not created by this plugin; it was not changed");
        assertThat(account.endpoint().count("DeleteStack")).isZero();
    }

    @Test
    void anUpdateUnderWayIsWaitedForAlsoWhenItBeginsAtTheLastMoment() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.stacks()
                .find("demo")
                .orElseThrow()
                .settlesTo("UPDATE_COMPLETE", 2)
                .status("UPDATE_IN_PROGRESS");
        account.endpoint()
                .fault(
                        "DeleteStack",
                        1,
                        Fault.answer(HttpAnswer.queryError(
                                400,
                                "ValidationError",
                                "Stack [demo] cannot be deleted while in status UPDATE_IN_PROGRESS")));

        assertThat(account.deployment().remove("demo")).isTrue();
        assertThat(account.lines())
                .contains(
                        "demo is UPDATE_IN_PROGRESS, waiting for it to end",
                        "another build is changing demo, waiting for it to end");
    }

    @Test
    void aDeletionUnderWayIsWaitedFor() throws InterruptedException {
        account.stacks().given("demo", "DELETE_IN_PROGRESS").settlesTo("DELETE_COMPLETE", 2);

        assertThat(account.deployment().remove("demo")).isTrue();
        assertThat(account.endpoint().count("DeleteStack")).isZero();
    }

    @Test
    void codeInABucketOfTheUsersGoesAndNothingElseOfIt() throws InterruptedException {
        account.aws().s3().makeBucket("ours");
        account.aws().s3().put("ours", "demo-of-another/code/x.zip", CONTENT);
        account.deployment().deploy(Account.config("demo", "ours"));
        assertThat(account.aws().s3().versions("ours")).hasSize(2);

        account.deployment().remove("demo");

        assertThat(account.aws().s3().versions("ours")).singleElement().satisfies(version -> assertThat(version.key())
                .isEqualTo("demo-of-another/code/x.zip"));
    }

    @Test
    void aStackOfAnotherTargetIsHintedAt() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));

        assertThat(new StackNotes(account.home(), "local", null).elsewhere("demo"))
                .contains("a stack of that name is deployed on aws, account 123456789012, eu-west-1; to use it:"
                        + " -Dlshell.target=aws -Dlshell.region=eu-west-1");
    }

    @Test
    void aSweepRemovesWhatItsFilterFindsAndNothingThatIsNotOurs() throws InterruptedException {
        account.stacks().given("old-of-alice", "CREATE_COMPLETE").made(Duration.ofDays(3));
        account.stacks().given("new-of-alice", "CREATE_COMPLETE").made(Duration.ofMinutes(1));
        account.stacks()
                .given("old-of-bob", "CREATE_COMPLETE")
                .made(Duration.ofDays(3))
                .tag("lshell:owner", "bob");
        account.stacks().givenForeign("foreign", "CREATE_COMPLETE").made(Duration.ofDays(3));
        StackSweep sweep = new StackSweep(account.target(), account.home(), account);

        assertThat(sweep.find(Optional.empty(), Duration.ZERO)).hasSize(3);
        assertThat(sweep.find(Optional.of("alice"), Duration.ofDays(1)))
                .singleElement()
                .hasToString("old-of-alice, of alice, 3 days old");

        sweep.remove(sweep.find(Optional.of("alice"), Duration.ofDays(1)));

        assertThat(account.stacks().names()).containsExactly("new-of-alice", "old-of-bob", "foreign");
    }

    @Test
    void aSweepGoesOnWhereOneStackCanNotBeRemoved() {
        account.stacks().given("one", "CREATE_COMPLETE").protect();
        account.stacks().given("two", "CREATE_COMPLETE");
        account.stacks().given("zero", "CREATE_COMPLETE").protect();
        StackSweep sweep = new StackSweep(account.target(), account.home(), account);

        assertThatThrownBy(() -> sweep.remove(sweep.find(Optional.empty(), Duration.ZERO)))
                .hasMessageContaining("2 of 3 stacks are left: The stack one is protected");
        assertThat(account.stacks().names()).containsExactly("one", "zero");
    }

    @Test
    void anExpiredTokenSaysSoAndLeavesTheRecord() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.endpoint()
                .fault(
                        "DeleteStack",
                        FaultyEndpoint.EVERY_CALL,
                        Fault.answer(HttpAnswer.queryError(403, "ExpiredToken", "The security token has expired")));

        assertThatThrownBy(() -> account.deployment().remove("demo"))
                .hasMessageContaining("Can't remove the stack demo: AWS answered ExpiredToken")
                .hasMessageContaining("log in again");
        assertThat(account.records()).hasSize(1);
    }
}
