package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.DeploymentMode;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.fault.HttpCall;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressModeTest {
    @RegisterExtension
    private final Account account = new Account();

    @ParameterizedTest
    @CsvSource({"AUTO, EXPRESS", "EXPRESS, EXPRESS", "STANDARD, "})
    void aTemporaryStackIsCreatedAndDeletedInTheMode(DeploymentMode configured, String mode)
            throws InterruptedException {
        useTemporaryStack(configured);

        assertThat(modes("CreateStack")).containsExactly(Optional.ofNullable(mode));
        assertThat(modes("DeleteStack")).containsExactly(Optional.ofNullable(mode));
        account.assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"AUTO, ", "EXPRESS, EXPRESS", "STANDARD, "})
    void aStackThatStaysIsCreatedAndDeletedInTheModeButUpdatedInStandardMode(DeploymentMode configured, String mode)
            throws InterruptedException {
        try (Target target = target(configured)) {
            StackDeployment deployment = new StackDeployment(target, account.home(), account);
            deployment.deploy(Account.config("demo"));
            deployment.deploy(Account.config("demo", FunctionSettings.NONE.complete("java25")));
            deployment.remove("demo");
        }

        assertThat(modes("CreateStack")).containsExactly(Optional.ofNullable(mode));
        assertThat(modes("UpdateStack")).isNotEmpty().containsOnly(Optional.empty());
        assertThat(modes("DeleteStack")).containsExactly(Optional.ofNullable(mode));
        account.assertNothingIsLeft();
    }

    /** Its schedule deletes it in standard mode, which CloudFormation refuses after a failure in express mode. */
    @ParameterizedTest
    @ValueSource(strings = {"AUTO", "EXPRESS"})
    void aStackThatDeletesItselfIsCreatedAndDeletedInStandardMode(DeploymentMode configured)
            throws InterruptedException {
        useTemporaryStack(configured, Account.selfDestructing("demo"));

        assertThat(modes("CreateStack")).containsExactly(Optional.empty());
        assertThat(modes("DeleteStack")).containsExactly(Optional.empty());
        account.assertNothingIsLeft();
    }

    /** AWS does not document whether a wait condition waits in this mode. */
    @Test
    void aConditionThatDoesNotWaitInTheModeLeadsToTwoSteps() throws InterruptedException {
        account.stacks().waitForNothing();

        useTemporaryStack(DeploymentMode.AUTO);

        assertThat(modes("CreateStack")).containsExactly(Optional.of("EXPRESS"), Optional.of("EXPRESS"));
        assertThat(account.lines())
                .contains("the stack was created without waiting for its code, so it is created again in two steps");
        account.assertNothingIsLeft();
    }

    @Test
    void aFunctionThatIsStillPendingIsWaitedFor() throws InterruptedException {
        account.aws().s3().makeBucket("ours");
        account.aws().lambda().bePending(2, "Active");

        useTemporaryStack(DeploymentMode.AUTO, Account.config("demo", "ours"));

        assertThat(account.endpoint().count("GetFunctionConfiguration")).isEqualTo(3);
    }

    @Test
    void aFunctionThatFailsAfterTheOperationIsReported() {
        account.aws().s3().makeBucket("ours");
        account.aws().lambda().bePending(1, "Failed");

        assertThatThrownBy(() -> useTemporaryStack(DeploymentMode.AUTO, Account.config("demo", "ours")))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("can't be used: the handler failed (FunctionError)");
        assertThat(account.stacks().names()).isEmpty();
    }

    @Test
    void aFailedCreationHasNoRollbackAndIsRemoved() {
        account.stacks().failNext("CREATE", "LogGroup", "no");

        assertThatThrownBy(() -> useTemporaryStack(DeploymentMode.AUTO))
                .hasMessageContaining("LogGroup (AWS::Logs::LogGroup): no; so the stack demo-")
                .hasMessageContaining("became CREATE_FAILED");
        assertThat(modes("DeleteStack")).containsExactly(Optional.of("EXPRESS"));
        account.assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE_FAILED", "UPDATE_FAILED", "DELETE_FAILED"})
    void aStackWhoseLastOperationFailedInExpressModeIsCreatedAgain(String state) throws InterruptedException {
        account.stacks().given("demo", state).express();

        account.deployment().deploy(Account.config("demo"));

        assertThat(account.stacks().made()).isEqualTo(2);
        assertThat(account.lines()).contains("demo is " + state + " and can only be deleted, so it is created again");
        assertThat(modes("DeleteStack")).containsExactly(Optional.of("EXPRESS"));
        assertThat(account.endpoint().counts()).doesNotContainKeys("RollbackStack", "ContinueUpdateRollback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE_COMPLETE", "UPDATE_COMPLETE"})
    void aStackWhoseLastOperationSucceededInExpressModeIsUpdatedInStandardMode(String state)
            throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.stacks().find("demo").orElseThrow().express().status(state);

        account.deployment().deploy(Account.config("demo", FunctionSettings.NONE.complete("java25")));

        assertThat(account.stacks().made()).isEqualTo(1);
        assertThat(account.stacks().find("demo").orElseThrow().isExpress()).isFalse();
    }

    @Test
    void anUpdateThatIsRefusedForItsModeLeadsToANewStack() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.endpoint().heal();
        account.endpoint()
                .fault(
                        "UpdateStack",
                        1,
                        refusal("This stack is in a UPDATE_FAILED state from a previous operation that used EXPRESS"
                                + " deployment mode. Follow-up operations must use the same DeploymentConfig"));

        account.deployment().deploy(Account.config("demo", FunctionSettings.NONE.complete("java25")));

        assertThat(account.stacks().made()).isEqualTo(2);
        assertThat(account.lines())
                .anyMatch(line -> line.endsWith("after an operation in express mode, which allows no update in standard"
                        + " mode, so it is deleted and created again"));
    }

    @Test
    void anUpdateThatFailsBecauseTheStackHasNoRollbackLeadsToANewStack() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
        account.stacks()
                .failNext(
                        "UPDATE",
                        "ShellFunction",
                        "Replacement type updates not supported on stack with disable-rollback.");

        account.deployment().deploy(Account.config("demo", FunctionSettings.NONE.complete("java25")));

        assertThat(account.stacks().made()).isEqualTo(2);
    }

    @Test
    void aDeletionThatIsRefusedForItsModeIsSentInTheOther() throws InterruptedException {
        account.stacks().given("demo", "CREATE_COMPLETE");
        account.endpoint()
                .fault("DeleteStack", 1, refusal("Operations must use the same DeploymentConfig (mode=EXPRESS)"));

        assertThat(account.deployment().remove("demo")).isTrue();

        assertThat(modes("DeleteStack")).containsExactly(Optional.empty(), Optional.of("EXPRESS"));
    }

    @Test
    void aRegionWithoutExpressModeIsAskedOnce() throws InterruptedException {
        account.endpoint().fault("CreateStack", 1, refusal("Express mode is not available in this region"));

        useTemporaryStack(DeploymentMode.AUTO);

        assertThat(modes("CreateStack")).containsExactly(Optional.of("EXPRESS"), Optional.empty());
        assertThat(modes("DeleteStack")).containsExactly(Optional.empty());
        account.assertNothingIsLeft();
    }

    @Test
    void aWordInAnotherMessageIsNoRefusalOfTheMode() {
        assertThat(ExpressMode.isRefusal("Member must satisfy regular expression pattern: [a-z]+"))
                .isFalse();
    }

    @Test
    void anUnknownModeIsAProblem() {
        Problems problems = new Problems();

        assertThat(DeploymentMode.of("express", problems)).isEqualTo(DeploymentMode.EXPRESS);
        problems.throwIfAny();
        DeploymentMode.of("fast", problems);
        assertThatThrownBy(problems::throwIfAny)
                .hasMessageContaining(
                        "deploymentMode (lshell.deploymentMode) must be 'auto', 'standard' or 'express', but is 'fast'");
    }

    private static Fault refusal(String message) {
        return Fault.answer(HttpAnswer.queryError(400, "ValidationError", message));
    }

    private void useTemporaryStack(DeploymentMode configured) throws InterruptedException {
        useTemporaryStack(configured, Account.config("demo"));
    }

    /** Deploys a temporary stack as exec does, and removes it. */
    private void useTemporaryStack(DeploymentMode configured, StackConfig config) throws InterruptedException {
        try (Target target = target(configured)) {
            StackLease.take(
                            target,
                            new StackLease.Request(config, FunctionSettings.NONE, false, account.home()),
                            account)
                    .close();
        }
    }

    private Target target(DeploymentMode mode) {
        return new AwsTarget(new TargetConfig(
                Kind.AWS, null, null, account.endpoint().uri(), account.home(), LocalConfig.DEFAULT, null, mode));
    }

    /** Returns the modes of an operation's requests. */
    private List<Optional<String>> modes(String operation) {
        return account.endpoint().calls().stream()
                .filter(call -> call.operation().equals(operation))
                .map(HttpCall::form)
                .map(form -> Optional.ofNullable(form.get("DeploymentConfig.Mode")))
                .toList();
    }
}
