package io.github.lambdashell.emulator;

import static io.github.lambdashell.emulator.StackFixture.GROUP;
import static io.github.lambdashell.emulator.StackFixture.ROLE;
import static io.github.lambdashell.emulator.StackFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** Tests of requests that are rejected before an operation begins. */
class StackRefusalsTest extends StackTestCase {

    @Test
    void aRoleNeedsTheCallersConsent() {
        assertThatThrownBy(() -> aws.cloudFormation.createStack(
                        request -> request.stackName("demo").templateBody(ROLE)))
                .isInstanceOfSatisfying(InsufficientCapabilitiesException.class, e -> assertThat(message(e))
                        .isEqualTo("Requires capabilities : [CAPABILITY_IAM]"));
        assertThatThrownBy(() -> aws.cloudFormation.createStack(request -> request.stackName("demo")
                        .templateBody(ROLE + "      RoleName: mine\n")
                        .capabilitiesWithStrings("CAPABILITY_IAM")))
                .isInstanceOfSatisfying(InsufficientCapabilitiesException.class, e -> assertThat(message(e))
                        .isEqualTo("Requires capabilities : [CAPABILITY_NAMED_IAM]"));
    }

    @Test
    void aPolicyNeedsTheCallersConsentAndSomebodyWhoHasIt() {
        String policy = """
                Resources:
                  Policy:
                    Type: AWS::IAM::Policy
                    Properties:
                      PolicyName: log
                      PolicyDocument: {Statement: [{Effect: Allow}]}
                """;
        assertThatThrownBy(() -> aws.cloudFormation.createStack(
                        request -> request.stackName("demo").templateBody(policy)))
                .isInstanceOfSatisfying(InsufficientCapabilitiesException.class, e -> assertThat(message(e))
                        .isEqualTo("Requires capabilities : [CAPABILITY_IAM]"));
        assertThat(aws.cloudFormation
                        .validateTemplate(request -> request.templateBody(policy))
                        .capabilitiesReason())
                .isEqualTo("The following resource(s) require capabilities: [AWS::IAM::Policy]");

        assertThat(aws.create(policy).stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
        assertThat(aws.cloudFormation
                        .describeStackEvents(request -> request.stackName("demo"))
                        .stackEvents())
                .extracting(StackEvent::resourceStatusReason)
                .contains("At least one of [Groups, Roles, Users] must be non-empty.");
        aws.delete();
        assertThat(aws.create(policy + "      Roles: [any]\n").stackStatusAsString())
                .isEqualTo("CREATE_COMPLETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1abc", "a_b", "a b", "-a"})
    void aNameHasToBeginWithALetterAndHoldNothingStrange(String name) {
        assertThatThrownBy(() -> aws.cloudFormation.createStack(
                        request -> request.stackName(name).templateBody(GROUP)))
                .isInstanceOfSatisfying(CloudFormationException.class, e -> assertThat(message(e))
                        .contains("Value '" + name + "' at 'stackName' failed to satisfy constraint"));
    }

    @Test
    void aTemplateOverTheLimitIsRefused() {
        assertThat(aws.refusalOf(GROUP + "#".repeat(51_200))).contains("less than or equal to 51200");
    }

    @Test
    void whatCannotBeHonouredIsRefusedNotIgnored() {
        assertThatThrownBy(() -> aws.create(GROUP, request -> request.notificationARNs("arn:aws:sns:x:y:z")))
                .isInstanceOfSatisfying(CloudFormationException.class, e -> assertThat(message(e))
                        .isEqualTo("The local endpoint does not support NotificationARNs"));
        assertThatThrownBy(() -> aws.cloudFormation.listExports())
                .isInstanceOfSatisfying(CloudFormationException.class, e -> assertThat(message(e))
                        .contains("Could not find operation ListExports")
                        .contains("CreateStack"));
    }

    @Test
    void anUpdateThatChangesNothingIsRefused() {
        aws.create(GROUP, request -> request.tags(StackFixture.tag("a", "1")));
        assertThatThrownBy(() -> aws.update(GROUP)).isInstanceOfSatisfying(CloudFormationException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
            assertThat(message(e)).isEqualTo("No updates are to be performed.");
        });
        assertThat(aws.update(GROUP + "Outputs: {G: {Value: !Ref Group}}\n").outputs())
                .hasSize(1);
    }

    @Test
    void theSameCreationOnceMoreIsTheSameStackAndAnotherOneIsRefused() {
        String id =
                aws.create(GROUP, request -> request.clientRequestToken("t")).stackId();
        assertThat(aws.create(GROUP, request -> request.clientRequestToken("t")).stackId())
                .isEqualTo(id);
        assertThatThrownBy(() -> aws.create(GROUP))
                .isInstanceOfSatisfying(AlreadyExistsException.class, e -> assertThat(message(e))
                        .isEqualTo("Stack [demo] already exists"));
    }

    @Test
    void aParameterWithoutANameIsRefused() {
        assertThatThrownBy(() -> aws.create(
                        GROUP,
                        request -> request.parameters(
                                Parameter.builder().parameterValue("3").build())))
                .isInstanceOf(CloudFormationException.class)
                .hasMessageContaining("Parameters: each needs a ParameterKey");
    }
}
