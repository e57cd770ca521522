package io.github.lambdashell.emulator;

import static io.github.lambdashell.emulator.StackFixture.BROKEN_POLICY;
import static io.github.lambdashell.emulator.StackFixture.ROLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ParameterDeclaration;

/** Tests of stacks that are created and updated with change sets, as {@code aws cloudformation deploy} does. */
class ChangeSetTest extends StackTestCase {
    private static final String GROUP = """
            Parameters:
              Days: {Type: String, Default: "3"}
              Name: {Type: String, Default: "one"}
              Secret: {Type: String, Default: "hidden", NoEcho: true}
            Resources:
              Group:
                Type: AWS::Logs::LogGroup
                Properties:
                  RetentionInDays: !Ref Days
                  LogGroupName: !Ref Name
            """;
    private static final String BUCKET_AND_GROUP = GROUP + "  Bucket: {Type: AWS::S3::Bucket}\n";
    private static final String BROKEN = GROUP + BROKEN_POLICY;

    private String make(ChangeSetType type, String name, String template, String... parameters) {
        return make(type, name, template, request -> request.parameters(StackFixture.parameters(parameters)));
    }

    private String make(
            ChangeSetType type, String name, String template, Consumer<CreateChangeSetRequest.Builder> more) {
        return aws.cloudFormation
                .createChangeSet(request -> {
                    request.stackName("demo")
                            .changeSetType(type)
                            .changeSetName(name)
                            .templateBody(template);
                    more.accept(request);
                })
                .id();
    }

    private DescribeChangeSetResponse describe(String nameOrId) {
        return aws.cloudFormation.describeChangeSet(
                request -> request.stackName("demo").changeSetName(nameOrId));
    }

    /** Executes a change set and waits until the operation ends. */
    private String execute(String nameOrId) {
        aws.cloudFormation.executeChangeSet(
                request -> request.stackName("demo").changeSetName(nameOrId).disableRollback(false));
        return aws.await("demo").stackStatusAsString();
    }

    private static List<String> changes(DescribeChangeSetResponse changeSet) {
        return changeSet.changes().stream()
                .map(change -> change.resourceChange().actionAsString() + " "
                        + change.resourceChange().logicalResourceId() + " "
                        + change.resourceChange().replacementAsString())
                .toList();
    }

    private List<String> names() {
        return aws.cloudFormation.listChangeSets(request -> request.stackName("demo")).summaries().stream()
                .map(summary -> summary.changeSetName() + " " + summary.executionStatusAsString())
                .toList();
    }

    @Test
    void aStackIsUnderReviewUntilItsChangeSetIsExecuted() {
        String id = make(ChangeSetType.CREATE, "first", BUCKET_AND_GROUP, "Days", "7");
        assertThat(id).matches("arn:aws:cloudformation:us-east-1:000000000000:changeSet/first/[0-9a-f-]{36}");
        assertThat(aws.stack("demo").stackStatusAsString()).isEqualTo("REVIEW_IN_PROGRESS");
        assertThat(aws.eventsAfter(0)).containsExactly("demo REVIEW_IN_PROGRESS");

        DescribeChangeSetResponse made = describe(id);
        assertThat(made.statusAsString()).isEqualTo("CREATE_COMPLETE");
        assertThat(made.executionStatusAsString()).isEqualTo("AVAILABLE");
        assertThat(changes(made)).containsExactly("Add Group null", "Add Bucket null");
        assertThat(made.parameters())
                .extracting(Parameter::parameterKey, Parameter::parameterValue)
                .contains(tuple("Days", "7"), tuple("Secret", "****"));

        assertThat(execute(id)).isEqualTo("CREATE_COMPLETE");
        assertThat(aws.physicalId("Group")).isEqualTo("one");
        assertThat(names()).containsExactly("first EXECUTE_COMPLETE");
    }

    @Test
    void anUpdateSaysWhatItAddsModifiesAndRemoves() {
        aws.create(BUCKET_AND_GROUP);
        make(ChangeSetType.UPDATE, "days", GROUP, "Days", "7");
        assertThat(changes(describe("days"))).containsExactly("Modify Group False", "Remove Bucket null");
        make(ChangeSetType.UPDATE, "name", BUCKET_AND_GROUP, "Name", "two");
        assertThat(changes(describe("name"))).containsExactly("Modify Group True");
        assertThat(execute("days")).isEqualTo("UPDATE_COMPLETE");
        // The other change set was deleted, because the stack has changed since its creation.
        assertThat(names()).containsExactly("days EXECUTE_COMPLETE");
        assertThat(aws.stack("demo").parameters())
                .anySatisfy(parameter -> assertThat(parameter.parameterValue()).isEqualTo("7"));
    }

    @Test
    void whatRefersToSomethingNewIsModifiedEvenWhenItTakesItApart() {
        String bucket = "  Other:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: %s}\n";
        aws.create(GROUP + bucket.formatted("plain"));
        make(
                ChangeSetType.UPDATE,
                "refers",
                BUCKET_AND_GROUP + bucket.formatted("!Select [5, !Split [\":\", !GetAtt Bucket.Arn]]"));
        assertThat(changes(describe("refers"))).containsExactly("Add Bucket null", "Modify Other Conditional");
    }

    @Test
    void whatRefersToSomethingThatIsReplacedIsModifiedToo() {
        String template = GROUP + "  Fn:\n    " + StackFixture.FUNCTION + "      Description: !Ref Group\n";
        aws.create(template);
        make(ChangeSetType.UPDATE, "name", template, "Name", "two");
        assertThat(changes(describe("name"))).containsExactly("Modify Group True", "Modify Fn False");
    }

    @Test
    void aChangeSetWithoutChangesFailsAndCannotBeExecuted() {
        aws.create(GROUP);
        make(
                ChangeSetType.UPDATE,
                "none",
                GROUP,
                request -> request.parameters(Parameter.builder()
                        .parameterKey("Days")
                        .usePreviousValue(true)
                        .build()));
        DescribeChangeSetResponse empty = describe("none");
        assertThat(empty.statusAsString()).isEqualTo("FAILED");
        assertThat(empty.executionStatusAsString()).isEqualTo("UNAVAILABLE");
        assertThat(empty.statusReason())
                .isEqualTo("The submitted information didn't contain changes. Submit different information to create "
                        + "a change set.");
        assertThatThrownBy(() -> execute("none"))
                .isInstanceOf(InvalidChangeSetStatusException.class)
                .hasMessageContaining("cannot be executed in its current status of [FAILED]");
        make(ChangeSetType.UPDATE, "again", GROUP);
        assertThat(names()).as("failed ones don't pile up").containsExactly("again UNAVAILABLE");
    }

    @Test
    void aChangeSetIsExecutedOnce() {
        make(ChangeSetType.CREATE, "first", GROUP);
        execute("first");
        assertThatThrownBy(() -> execute("first"))
                .isInstanceOf(InvalidChangeSetStatusException.class)
                .hasMessageContaining("cannot be executed in its current execution status of [EXECUTE_COMPLETE]");
    }

    @Test
    void theSameExecutionOnceMoreIsNoFault() {
        make(ChangeSetType.CREATE, "first", GROUP);
        for (int i = 0; i < 2; i++) {
            aws.cloudFormation.executeChangeSet(
                    request -> request.stackName("demo").changeSetName("first").clientRequestToken("t"));
            assertThat(aws.await("demo").stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
        }
        assertThat(aws.eventsAfter(0)).containsOnlyOnce("demo CREATE_IN_PROGRESS");
    }

    @Test
    void aFailedCreationIsRolledBackUnlessTheCallerWantsToLook() {
        make(ChangeSetType.CREATE, "broken", BROKEN);
        assertThat(execute("broken")).isEqualTo("ROLLBACK_COMPLETE");
        assertThat(names()).containsExactly("broken EXECUTE_FAILED");
        aws.delete();
        make(ChangeSetType.CREATE, "broken", BROKEN);
        aws.cloudFormation.executeChangeSet(
                request -> request.stackName("demo").changeSetName("broken").disableRollback(true));
        assertThat(aws.await("demo").stackStatusAsString()).isEqualTo("CREATE_FAILED");
    }

    @Test
    void aRoleNeedsTheCallersConsentBeforeThereIsAChangeSet() {
        assertThatThrownBy(() -> make(ChangeSetType.CREATE, "role", ROLE))
                .isInstanceOf(InsufficientCapabilitiesException.class)
                .hasMessageContaining("Requires capabilities : [CAPABILITY_IAM]");
        assertThat(aws.cloudFormation.describeStacks().stacks()).isEmpty();
    }

    @Test
    void aNameIdentifiesOneChangeSetOfAStack() {
        String id = make(ChangeSetType.CREATE, "first", GROUP);
        assertThat(make(ChangeSetType.CREATE, "first", GROUP)).isEqualTo(id);
        assertThatThrownBy(() -> make(ChangeSetType.CREATE, "first", BUCKET_AND_GROUP))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining(
                        "ChangeSet first cannot be created due to a mismatch with existing attribute " + "Template");
        execute("first");
        assertThat(make(ChangeSetType.UPDATE, "first", BUCKET_AND_GROUP)).isNotEqualTo(id);
        assertThat(names()).containsExactly("first AVAILABLE");
    }

    @Test
    void theTypeHasToFitTheStack() {
        assertThatThrownBy(() -> make(ChangeSetType.UPDATE, "early", GROUP))
                .isInstanceOf(CloudFormationException.class)
                .hasMessageContaining("Stack with id demo does not exist");
        make(ChangeSetType.CREATE, "first", GROUP);
        assertThatThrownBy(() -> make(ChangeSetType.UPDATE, "early", GROUP))
                .hasMessageContaining("is in REVIEW_IN_PROGRESS state and can not be updated.");
        assertThatThrownBy(() -> aws.update(BUCKET_AND_GROUP))
                .hasMessageContaining("is in REVIEW_IN_PROGRESS state and can not be updated.");
        execute("first");
        assertThatThrownBy(() -> make(ChangeSetType.CREATE, "late", GROUP))
                .hasMessageContaining(
                        "Stack [demo] already exists and cannot be created again with the changeSet " + "[late].");
        assertThatThrownBy(() -> make(ChangeSetType.IMPORT, "other", GROUP))
                .hasMessageContaining("The local endpoint has no change sets of the type IMPORT");
    }

    @Test
    void aStackUnderReviewOutlivesItsEndpointAndCanBeDeleted() {
        String id = make(ChangeSetType.CREATE, "first", GROUP);
        restart();
        assertThat(aws.cloudFormation
                        .describeChangeSet(request -> request.changeSetName(id))
                        .stackName())
                .isEqualTo("demo");
        aws.cloudFormation.deleteChangeSet(request -> request.changeSetName(id));
        assertThatThrownBy(() -> describe("first"))
                .isInstanceOfSatisfying(ChangeSetNotFoundException.class, e -> assertThat(e.statusCode())
                        .isEqualTo(404))
                .hasMessageContaining("ChangeSet [first] does not exist");
        // Deleting a change set that does not exist is no error, and the stack remains.
        aws.cloudFormation.deleteChangeSet(request -> request.stackName("demo").changeSetName("first"));
        assertThat(aws.stack("demo").stackStatusAsString()).isEqualTo("REVIEW_IN_PROGRESS");

        assertThat(aws.delete().stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
        assertThat(aws.cloudFormation.describeStacks().stacks()).isEmpty();
    }

    @Test
    void anUpdateByOtherMeansMakesChangeSetsUseless() {
        aws.create(GROUP);
        make(ChangeSetType.UPDATE, "days", GROUP, "Days", "7");
        aws.update(BUCKET_AND_GROUP);
        assertThat(names()).isEmpty();
    }

    @Test
    void theSummaryOfAStacksTemplateNamesItsParametersAndTypes() {
        aws.create(BUCKET_AND_GROUP);
        var summary = aws.cloudFormation.getTemplateSummary(request -> request.stackName("demo"));
        assertThat(summary.parameters())
                .extracting(ParameterDeclaration::parameterKey)
                .containsExactly("Days", "Name", "Secret");
        assertThat(summary.resourceTypes()).containsExactly("AWS::Logs::LogGroup", "AWS::S3::Bucket");
        assertThat(aws.cloudFormation
                        .getTemplateSummary(request -> request.templateBody(ROLE))
                        .capabilitiesAsStrings())
                .containsExactly("CAPABILITY_IAM");
    }
}
