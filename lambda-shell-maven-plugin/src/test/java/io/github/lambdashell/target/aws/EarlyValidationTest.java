package io.github.lambdashell.target.aws;

import static io.github.lambdashell.fault.FaultyEndpoint.EVERY_CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.HttpAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** CloudFormation's validation before deployment, whose causes are read with DescribeEvents. */
class EarlyValidationTest {
    private static final String[] RUNTIME = {
        "ShellFunction",
        "AWS::Lambda::Function",
        "/Resources/ShellFunction/Properties/Runtime",
        "#: java99 is not a valid enum value",
        "FAIL"
    };
    private static final String[] SUBNETS = {
        "ShellFunction",
        "AWS::Lambda::Function",
        "/Resources/ShellFunction/Properties/VpcConfig/SubnetIds",
        "#: expected maximum item count: 16, found: 17",
        "FAIL"
    };
    private static final String[] NAME = {
        "LogGroup",
        "AWS::Logs::LogGroup",
        "/Resources/LogGroup",
        "Resource of type 'AWS::Logs::LogGroup' with identifier 'demo' already exists.",
        "FAIL"
    };
    private static final String[] WARNING = {
        "Bucket", "AWS::S3::Bucket", "/Resources/Bucket", "a quota is nearly reached", "WARN"
    };

    @RegisterExtension
    private final Account account = new Account();

    @Test
    void allCausesAreShownWithTheirResourceTheirPropertyAndTheParameterThatSetsIt() {
        account.stacks().failValidationOfNext("CREATE", RUNTIME, SUBNETS, NAME, WARNING);

        assertThatThrownBy(this::deploy)
                .isInstanceOf(ShellException.class)
                .hasMessage(
                        "ShellFunction (AWS::Lambda::Function), property Runtime: #: java99 is not a valid enum value;"
                                + " and ShellFunction (AWS::Lambda::Function), property VpcConfig/SubnetIds: #: expected maximum"
                                + " item count: 16, found: 17; and LogGroup (AWS::Logs::LogGroup): Resource of type"
                                + " 'AWS::Logs::LogGroup' with identifier 'demo' already exists; so the stack demo became"
                                + " ROLLBACK_COMPLETE. Correct <runtime> and run the goal again. Correct <subnetIds> and run the"
                                + " goal again. Correct the cause and run the goal again.");
        account.assertNothingIsLeft();
    }

    @Test
    void theCausesOfAnEarlierOperationAreNotShown() throws InterruptedException {
        deploy();
        account.stacks().find("demo").orElseThrow().loseFunction("UPDATE_COMPLETE");
        account.stacks().failValidationOfNext("UPDATE", RUNTIME);
        account.stacks().failValidationOfNext("UPDATE", NAME);
        assertThatThrownBy(this::deploy).hasMessageContaining("java99").hasMessageNotContaining("LogGroup");

        assertThatThrownBy(this::deploy).hasMessageContaining("LogGroup").hasMessageNotContaining("java99");
    }

    @Test
    void aFailureWithAReasonIsNotAskedForAnother() {
        account.stacks().failNext("CREATE", "LogGroup", "no");

        assertThatThrownBy(this::deploy).hasMessageStartingWith("LogGroup (AWS::Logs::LogGroup): no; so");
        assertThat(account.endpoint().count("DescribeEvents")).isZero();
    }

    @Test
    void aMissingPermissionIsNamedTogetherWithWhatCloudFormationSaid() {
        account.stacks().failValidationOfNext("CREATE", RUNTIME);
        account.endpoint()
                .fault(
                        "DescribeEvents",
                        EVERY_CALL,
                        Fault.answer(HttpAnswer.queryError(
                                403,
                                "AccessDenied",
                                "User: arn:aws:iam::1:user/eve is not authorized to perform: cloudformation:DescribeEvents"
                                        + " on resource: arn:aws:cloudformation:eu-west-1:1:stack/demo/1 because no"
                                        + " identity-based policy allows the cloudformation:DescribeEvents action")));

        assertThatThrownBy(this::deploy)
                .hasMessageContaining("Validation failed with 1 error(s). Call DescribeEvents")
                .hasMessageContaining("; the causes can't be read: Can't read the events of the operation:"
                        + " arn:aws:iam::1:user/eve may not do cloudformation:DescribeEvents on")
                .hasMessageContaining("; so the stack demo became ROLLBACK_COMPLETE. Ask for the permission"
                        + " cloudformation:DescribeEvents");
        account.assertNothingIsLeft();
    }

    @Test
    void anEndpointWithoutThatOperationLeavesWhatItSaidItself() {
        account.stacks().beLoose();
        account.stacks().failValidationOfNext("CREATE", RUNTIME);
        account.endpoint()
                .fault(
                        "DescribeEvents",
                        EVERY_CALL,
                        Fault.answer(HttpAnswer.queryError(400, "InvalidAction", "no such operation")));

        assertThatThrownBy(this::deploy)
                .hasMessageStartingWith("Validation failed with 1 error(s). Call DescribeEvents")
                .hasMessageContaining("; so the stack demo became ROLLBACK_COMPLETE")
                .hasMessageNotContaining("can't be read");
    }

    @Test
    void aRequestThatIsRefusedWithAReferenceToTheCausesIsShownWithThem() throws InterruptedException {
        deploy();
        account.stacks().find("demo").orElseThrow().loseFunction("UPDATE_COMPLETE");
        account.stacks().failValidationOfNext("UPDATE", SUBNETS);
        assertThatThrownBy(this::deploy).hasMessageContaining("found: 17");
        account.endpoint()
                .fault(
                        "UpdateStack",
                        EVERY_CALL,
                        Fault.answer(HttpAnswer.queryError(
                                400,
                                "ValidationError",
                                "The following hook(s)/validation failed: [AWS::EarlyValidation::PropertyValidation]. To"
                                        + " troubleshoot Early Validation errors, use the DescribeEvents API for detailed"
                                        + " failure information.")));

        assertThatThrownBy(this::deploy)
                .hasMessage(
                        "ShellFunction (AWS::Lambda::Function), property VpcConfig/SubnetIds: #: expected maximum item"
                                + " count: 16, found: 17; so the stack demo was not changed. Correct <subnetIds> and run the goal"
                                + " again.");
    }

    private void deploy() throws InterruptedException {
        account.deployment().deploy(Account.config("demo"));
    }
}
