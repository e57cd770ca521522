package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.FakeStack;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.FaultyEndpoint;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.Deployment;
import io.github.lambdashell.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeployFromAnyStateTest {
    private static final String ROLE =
            "Resource handler returned message: \"The role defined for the function cannot be assumed by Lambda."
                    + " (Service: Lambda, Status Code: 400, Request ID: 1) (SDK Attempt Count: 1)\" (RequestToken: 2,"
                    + " HandlerErrorCode: InvalidRequest)";

    @RegisterExtension
    private final Account account = new Account();

    @Test
    void aNewStackIsCreatedInOneOperationThatWaitsForItsCode() throws InterruptedException {
        Deployment deployment = account.deployment().deploy(Account.config("demo"));

        assertThat(deployment.changed()).isTrue();
        assertThat(deployment.stack().functionName()).isNotEmpty();
        assertThat(account.endpoint().count("CreateStack")).isEqualTo(1);
        assertThat(account.endpoint().count("UpdateStack")).isZero();
        assertThat(account.endpoint().count("SignalResource")).isEqualTo(1);
        assertThat(account.aws().s3().versions("demo-bucket-abc123"))
                .singleElement()
                .satisfies(object -> assertThat(object.content())
                        .as("not wrapped into signed chunks, which emulators store as they come")
                        .startsWith('P', 'K', 3, 4));
        assertThat(account.lines())
                .startsWith("AWS account 123456789012, region eu-west-1, as"
                        + " arn:aws:sts::123456789012:assumed-role/developer/alice, at "
                        + account.endpoint().uri())
                .containsSubsequence("CREATE_COMPLETE Bucket", "CREATE_COMPLETE ShellFunction");
    }

    @Test
    void anEndpointThatDoesNotWaitForTheCodeGetsTheStackInTwoSteps() throws InterruptedException {
        account.stacks().waitForNothing();

        Deployment deployment = account.deployment().deploy(Account.config("demo"));

        assertThat(deployment.stack().functionName()).isNotEmpty();
        assertThat(account.stacks().names()).containsExactly("demo");
        assertThat(account.aws().s3().versions("demo-bucket-abc123")).hasSize(1);
        assertThat(account.endpoint().count("CreateStack")).isEqualTo(2);
        assertThat(account.endpoint().count("UpdateStack")).isEqualTo(1);
        assertThat(account.lines())
                .contains("the stack was created without waiting for its code, so it is created again in two steps");
    }

    @Test
    void aWaitConditionThatTimesOutLeadsToTwoSteps() throws InterruptedException {
        account.stacks()
                .failNext(
                        "CREATE",
                        "CodeUploaded",
                        "Failed to receive 1 resource signal(s) within the specified duration");

        assertThat(account.deployment().deploy(Account.config("demo")).stack().functionName())
                .isNotEmpty();
        assertThat(account.endpoint().count("CreateStack")).isEqualTo(2);
    }

    @Test
    void aSignalThatIsTooEarlyIsSentAgainWithoutASecondUpload() throws InterruptedException {
        account.endpoint()
                .fault(
                        "SignalResource",
                        1,
                        Fault.answer(HttpAnswer.queryError(
                                400, "ValidationError", "Resource CodeUploaded cannot be signaled")));

        assertThat(account.deployment().deploy(Account.config("demo")).changed())
                .isTrue();

        assertThat(account.endpoint().count("SignalResource")).isEqualTo(2);
        assertThat(account.endpoint().count("PutObject")).isEqualTo(1);
    }

    @Test
    void anUploadThatFailsLeavesNothing() {
        account.endpoint()
                .fault(
                        "PutObject",
                        FaultyEndpoint.EVERY_CALL,
                        Fault.answer(HttpAnswer.s3Error(403, "AccessDenied", "Access Denied")));

        assertThatThrownBy(() -> account.deployment().deploy(Account.config("demo")))
                .hasMessageContaining("Can't put the function's code into the bucket demo-bucket-abc123");
        account.assertNothingIsLeft();
    }

    @Test
    void aSecondDeployOfTheSameStackKeepsWhatItWaitedFor() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));

        account.deployment().deploy(Account.config("demo", FunctionSettings.NONE.complete("java25")));

        assertThat(account.stacks().find("demo").orElseThrow().parameters()).containsEntry("AwaitCode", "true");
        assertThat(account.endpoint().count("SignalResource")).isEqualTo(1);
    }

    @Test
    void anUnchangedDeployChangesNothingAndAsksAwsThreeTimesAtMost() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.endpoint().heal();

        Deployment again;
        try (Target nextBuild = account.newTarget()) {
            again = new StackDeployment(nextBuild, account.home(), account).deploy(Account.config("demo"));
        }

        assertThat(again.changed()).isFalse();
        assertThat(account.endpoint().calls()).hasSizeLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROLLBACK_COMPLETE",
                "ROLLBACK_FAILED",
                "CREATE_FAILED",
                "DELETE_FAILED",
                "UPDATE_ROLLBACK_FAILED"
            })
    void aStackThatCanOnlyBeDeletedIsCreatedAgainWithAMessage(String state) throws InterruptedException {
        account.stacks().given("demo", state);

        Deployment deployment = account.deployment().deploy(Account.config("demo"));

        assertThat(deployment.stack().functionName()).isNotEmpty();
        assertThat(account.stacks().made()).isEqualTo(2);
        assertThat(account.lines()).contains("demo is " + state + " and can only be deleted, so it is created again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_FAILED"})
    void aStackThatAKilledBuildLeftWithoutItsFunctionIsFinished(String state) throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        FakeStack stack = account.stacks().find("demo").orElseThrow();
        stack.loseFunction(state);

        Deployment deployment = account.deployment().deploy(Account.config("demo"));

        assertThat(deployment.stack().functionName()).isNotEmpty();
        assertThat(account.stacks().made()).isEqualTo(1);
    }

    @Test
    void anotherOperationIsWaitedFor() throws InterruptedException {
        account.stacks().given("demo", "DELETE_IN_PROGRESS").settlesTo("DELETE_COMPLETE", 2);

        Deployment deployment = account.deployment().deploy(Account.config("demo"));

        assertThat(deployment.stack().functionName()).isNotEmpty();
        assertThat(account.lines()).contains("demo is DELETE_IN_PROGRESS, waiting for it to end");
    }

    @Test
    void anotherOperationThatFailsLeadsToAStackMadeAnew() throws InterruptedException {
        account.stacks().given("demo", "CREATE_IN_PROGRESS").settlesTo("ROLLBACK_COMPLETE", 2);

        assertThat(account.deployment().deploy(Account.config("demo")).stack().functionName())
                .isNotEmpty();
    }

    @Test
    void aChangeSetThatWasNeverExecutedIsNotAStack() throws InterruptedException {
        account.stacks().givenForeign("demo", "REVIEW_IN_PROGRESS");

        assertThat(account.deployment().deploy(Account.config("demo")).stack().functionName())
                .isNotEmpty();
        assertThat(account.lines())
                .contains(
                        "demo is REVIEW_IN_PROGRESS: a change set that was never executed, without a stack; it is deleted");
    }

    @Test
    void aStackOfSomebodyElseIsLeftAlone() {
        account.stacks().givenForeign("demo", "ROLLBACK_COMPLETE");

        assertThatThrownBy(() -> account.deployment().deploy(Account.config("demo")))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("was not created by this plugin; it was not changed");
        assertThat(account.endpoint().counts().keySet()).containsOnly("DescribeStacks", "GetCallerIdentity");
    }

    @Test
    void terminationProtectionIsRespectedWithTheCommandThatLiftsIt() {
        account.stacks().given("demo", "ROLLBACK_COMPLETE").protect();

        assertThatThrownBy(() -> account.deployment().deploy(Account.config("demo")))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("The stack demo is protected from termination; it was not changed")
                .hasMessageContaining("--stack-name demo --no-enable-termination-protection");
        assertThat(account.endpoint().count("DeleteStack")).isZero();
    }

    @Test
    void aRoleThatLambdaDoesNotKnowYetIsTriedAgain() throws InterruptedException {
        account.stacks().failNext("CREATE", "ShellFunction", ROLE);

        assertThat(account.deployment().deploy(Account.config("demo")).stack().functionName())
                .isNotEmpty();
        assertThat(account.stacks().names()).containsExactly("demo");
        assertThat(account.endpoint().count("UpdateStack"))
                .as("in two steps, between which the role becomes known")
                .isEqualTo(1);
        assertThat(account.lines()).contains("the new role is not known to Lambda yet, retrying");
    }

    @Test
    void aRoleThatLambdaDoesNotKnowYetIsTriedAgainAlsoWhereTheStackIsMadeInOneStep() throws InterruptedException {
        account.aws().s3().makeBucket("ours");
        account.stacks().failNext("CREATE", "ShellFunction", ROLE);

        assertThat(account.deployment()
                        .deploy(Account.config("demo", "ours"))
                        .stack()
                        .functionName())
                .isNotEmpty();
        assertThat(account.stacks().names()).containsExactly("demo");
    }

    @Test
    void aRoleThatStaysUnknownFailsAfterTheSecondTime() {
        account.stacks().failNext("CREATE", "ShellFunction", ROLE);
        account.stacks().failNext("UPDATE", "ShellFunction", ROLE);

        assertThatThrownBy(() -> account.deployment().deploy(Account.config("demo")))
                .hasMessageContaining("cannot be assumed by Lambda; so the stack demo became UPDATE_ROLLBACK_COMPLETE")
                .hasMessageContaining("trust policy");
    }

    @Test
    void theFirstCauseIsReportedFirstAndAFailedNewStackLeavesNothing() {
        account.stacks().failNext("CREATE", "ShellFunction", "Layer version x does not exist.");

        assertThatThrownBy(() -> account.deployment().deploy(Account.config("demo")))
                .hasMessageStartingWith("ShellFunction (AWS::Lambda::Function): Layer version x does not exist;"
                        + " so the stack demo became ROLLBACK_COMPLETE")
                .hasMessageContaining("<layers>");
        assertThat(account.stacks().names()).isEmpty();
        assertThat(account.records()).isEmpty();
    }

    @Test
    void aFailedUpdateLeavesTheStackAsItWas() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.stacks().find("demo").orElseThrow().loseFunction("UPDATE_COMPLETE");
        account.stacks().failNext("UPDATE", "ShellFunction", "no");

        assertThatThrownBy(() -> account.deployment().deploy(Account.config("demo")))
                .isInstanceOf(ShellException.class);
        assertThat(account.stacks().names()).containsExactly("demo");
        assertThat(account.records()).containsExactly("aws-123456789012-eu-west-1-demo.json");
    }

    @Test
    void aBuildThatComesSecondWaitsForTheFirst() throws InterruptedException {
        account.endpoint().fault("CreateStack", 1, (call, upstream, wire) -> {
            account.stacks().given("demo", "CREATE_IN_PROGRESS").settlesTo("CREATE_COMPLETE", 2);
            Fault.answer(upstream.answer(call)).apply(call, upstream, wire);
        });

        Deployment deployment = account.deployment().deploy(Account.config("demo"));

        assertThat(deployment.stack().bucket())
                .as("which the other build's stack has not in this fake")
                .isPresent();
        assertThat(account.lines()).contains("another build is changing demo, waiting for it");
        assertThat(account.stacks().names()).containsExactly("demo");
    }

    @Test
    void anUpdateThatMeetsAnotherIsMadeAfterIt() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.endpoint().heal();
        account.endpoint()
                .fault(
                        "UpdateStack",
                        1,
                        Fault.answer(HttpAnswer.queryError(
                                400,
                                "ValidationError",
                                "Stack:demo is in UPDATE_IN_PROGRESS state and can not be updated.")));

        account.deployment().deploy(Account.config("demo", FunctionSettings.NONE.complete("java25")));

        assertThat(account.endpoint().count("UpdateStack")).isEqualTo(2);
    }

    @Test
    void emulatorsWithoutEventsAndWithOperationsThatEndAtOnceAreDeployedTo() throws InterruptedException {
        account.stacks().takeLooks(0);
        account.endpoint()
                .fault(
                        "DescribeStackEvents",
                        FaultyEndpoint.EVERY_CALL,
                        Fault.answer(HttpAnswer.queryError(501, "InternalFailure", "not implemented")));

        assertThat(account.deployment().deploy(Account.config("demo")).stack().functionName())
                .isNotEmpty();
        assertThat(account.deployment().remove("demo")).isTrue();
        account.assertNothingIsLeft();
    }

    @Test
    void emulatorsThatLeaveFieldsOutAreDeployedTo() throws InterruptedException {
        account.stacks().beLoose();

        assertThat(account.deployment().deploy(Account.config("demo")).stack().functionName())
                .isNotEmpty();
        assertThat(account.lines()).contains("CREATE_COMPLETE ShellFunction");
        assertThat(account.deployment().remove("demo")).isTrue();
        assertThat(account.stacks().names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FunctionName", "Bucket"})
    void anEndpointWithoutOutputsIsNamedAndNothingIsLeftOnIt(String output) {
        account.stacks().hideOutput(output);

        assertThatThrownBy(() -> account.deployment().deploy(Account.config("demo")))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("the stack demo is CREATE_COMPLETE, but returns no output " + output)
                .hasMessageStartingWith(account.endpoint().uri() + " reports that")
                .hasMessageContaining("lshell.endpoint");
        assertThat(account.stacks().names()).isEmpty();
    }

    @Test
    void anUnchangedStackWithoutAFunctionDoesNotCountAsDeployed() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.stacks().hideOutput("FunctionName");

        assertThatThrownBy(() -> account.deployment().deploy(Account.config("demo")))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("returns no output FunctionName");
    }

    @Test
    void whatAnEmulatorMadeOfAStackThatItThenRefusedIsRemoved() {
        account.endpoint().fault("CreateStack", 1, (call, upstream, wire) -> {
            account.stacks().takeLooks(Integer.MAX_VALUE);
            upstream.answer(call);
            account.stacks().takeLooks(1);
            Fault.answer(HttpAnswer.queryError(400, "InvalidParameterValueException", "Unknown layer"))
                    .apply(call, upstream, wire);
        });

        assertThatThrownBy(() -> account.deployment().deploy(Account.config("demo")))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("Unknown layer");
        account.assertNothingIsLeft();
    }

    @Test
    void anotherBuildsStackThatAppearsWhileOursIsRefusedIsLeftAlone() {
        account.endpoint().fault("CreateStack", 1, (call, upstream, wire) -> {
            account.stacks().given("demo", "CREATE_IN_PROGRESS");
            Fault.answer(HttpAnswer.queryError(400, "LimitExceededException", "Limit for stacks"))
                    .apply(call, upstream, wire);
        });

        assertThatThrownBy(() -> account.deployment().deploy(Account.config("demo")))
                .hasMessageContaining("Limit for stacks");
        assertThat(account.stacks().names()).containsExactly("demo");
    }
}
