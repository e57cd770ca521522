package io.github.lambdashell.emulator;

import static io.github.lambdashell.emulator.StackFixture.BROKEN_POLICY;
import static io.github.lambdashell.emulator.StackFixture.BUCKET_AND_GROUP;
import static io.github.lambdashell.emulator.StackFixture.GROUP;
import static io.github.lambdashell.emulator.StackFixture.ROLE;
import static io.github.lambdashell.emulator.StackFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.emulator.function.FunctionStore;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** Tests of the creation and update of stacks, with their events. */
class StackLifecycleTest extends StackTestCase {
    private static final String BROKEN = GROUP + BROKEN_POLICY;

    @Test
    void aStackIsCreatedInTheOrderOfItsResourcesWithEvents() {
        Stack stack = aws.create(BUCKET_AND_GROUP);
        assertThat(stack.stackId()).matches("arn:aws:cloudformation:us-east-1:000000000000:stack/demo/[0-9a-f-]{36}");
        assertThat(aws.eventsAfter(0))
                .containsExactly(
                        "demo CREATE_IN_PROGRESS",
                        "Group CREATE_IN_PROGRESS",
                        "Group CREATE_IN_PROGRESS",
                        "Group CREATE_COMPLETE",
                        "Bucket CREATE_IN_PROGRESS",
                        "Bucket CREATE_IN_PROGRESS",
                        "Bucket CREATE_COMPLETE",
                        "demo CREATE_COMPLETE");
        assertThat(aws.physicalId("Group")).matches("demo-Group-\\w{12}");
        assertThat(aws.physicalId("Bucket")).matches("demo-bucket-[a-z0-9]{12}");
    }

    @Test
    void everyEventBearsTheTokenOfItsOperation() {
        aws.create(GROUP, request -> request.clientRequestToken("first"));
        aws.cloudFormation.deleteStack(request -> request.stackName("demo").clientRequestToken("second"));
        List<StackEvent> events = aws.cloudFormation.listStacks().stackSummaries().stream()
                .map(summary -> aws.await(summary.stackId()))
                .flatMap(stack -> aws
                        .cloudFormation
                        .describeStackEvents(request -> request.stackName(stack.stackId()))
                        .stackEvents()
                        .stream())
                .toList();
        assertThat(events)
                .filteredOn(event -> "second".equals(event.clientRequestToken()))
                .hasSize(4);
        assertThat(events)
                .filteredOn(event -> "first".equals(event.clientRequestToken()))
                .hasSize(5);
        assertThat(events).hasSize(9);
    }

    @Test
    void aFailedResourceTakesWhatWasMadeWithIt() {
        Stack stack = aws.create(BROKEN);
        assertThat(stack.stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
        assertThat(aws.eventsAfter(4))
                .containsExactly(
                        "Broken CREATE_IN_PROGRESS",
                        "Broken CREATE_IN_PROGRESS",
                        "Broken CREATE_FAILED",
                        "demo ROLLBACK_IN_PROGRESS",
                        "Broken DELETE_COMPLETE",
                        "Group DELETE_IN_PROGRESS",
                        "Group DELETE_COMPLETE",
                        "demo ROLLBACK_COMPLETE");
        List<StackEvent> events = aws.cloudFormation
                .describeStackEvents(request -> request.stackName("demo"))
                .stackEvents();
        assertThat(events)
                .filteredOn(event -> event.resourceStatusAsString().equals("CREATE_FAILED"))
                .singleElement()
                .satisfies(event -> assertThat(event.resourceStatusReason())
                        .contains("The specified bucket does not exist (Service: S3, Status Code: 404"));
        assertThat(events)
                .filteredOn(event -> event.resourceStatusAsString().equals("ROLLBACK_IN_PROGRESS"))
                .singleElement()
                .satisfies(event -> assertThat(event.resourceStatusReason())
                        .isEqualTo(
                                "The following resource(s) failed to create: [Broken]. Rollback requested by user."));
        assertThatThrownBy(() -> aws.update(GROUP))
                .isInstanceOfSatisfying(CloudFormationException.class, e -> assertThat(message(e))
                        .isEqualTo(
                                "Stack:" + stack.stackId() + " is in ROLLBACK_COMPLETE state and can not be updated."));
        assertThat(aws.delete().stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    }

    @Test
    void theCallerMayWantAFailedStackToStayOrToGo() {
        assertThat(aws.create(BROKEN, request -> request.onFailure(OnFailure.DO_NOTHING))
                        .stackStatusAsString())
                .isEqualTo("CREATE_FAILED");
        assertThat(aws.physicalId("Group")).isNotBlank();
        aws.delete();
        String id = aws.cloudFormation
                .createStack(request ->
                        request.stackName("demo").templateBody(BROKEN).onFailure(OnFailure.DELETE))
                .stackId();
        assertThat(aws.await(id).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    }

    @Test
    void anUpdateChangesWhatDiffersAndRemovesWhatIsGone() {
        aws.create(BUCKET_AND_GROUP);
        int before = aws.eventsAfter(0).size();
        assertThat(aws.update(GROUP, "Days", "7").stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
        assertThat(aws.eventsAfter(before))
                .containsExactly(
                        "demo UPDATE_IN_PROGRESS",
                        "Group UPDATE_IN_PROGRESS",
                        "Group UPDATE_COMPLETE",
                        "demo UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                        "Bucket DELETE_IN_PROGRESS",
                        "Bucket DELETE_COMPLETE",
                        "demo UPDATE_COMPLETE");
    }

    @Test
    void anotherNameMakesAnotherResourceAndTheOldOneGoes() {
        aws.create(GROUP, "Name", "one");
        int before = aws.eventsAfter(0).size();
        aws.update(GROUP, "Name", "two");
        assertThat(aws.physicalId("Group")).isEqualTo("two");
        assertThat(aws.eventsAfter(before))
                .containsExactly(
                        "demo UPDATE_IN_PROGRESS",
                        "Group UPDATE_IN_PROGRESS",
                        "Group UPDATE_IN_PROGRESS",
                        "Group UPDATE_COMPLETE",
                        "demo UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                        "Group DELETE_IN_PROGRESS",
                        "Group DELETE_COMPLETE",
                        "demo UPDATE_COMPLETE");
        // The name is free again.
        aws.update(GROUP, "Name", "one");
        assertThat(aws.physicalId("Group")).isEqualTo("one");
    }

    @Test
    void aFailedUpdateLeadsBack() {
        aws.create(GROUP, "Name", "one");
        int before = aws.eventsAfter(0).size();
        Stack stack = aws.update(BROKEN, "Name", "two", "Days", "7");
        assertThat(stack.stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
        assertThat(aws.eventsAfter(before))
                .endsWith(
                        "Broken CREATE_FAILED",
                        "demo UPDATE_ROLLBACK_IN_PROGRESS",
                        "Group UPDATE_COMPLETE",
                        "demo UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
                        "Broken DELETE_COMPLETE",
                        "Group DELETE_IN_PROGRESS",
                        "Group DELETE_COMPLETE",
                        "demo UPDATE_ROLLBACK_COMPLETE");
        assertThat(aws.physicalId("Group")).isEqualTo("one");
        assertThat(stack.parameters())
                .extracting(parameter -> parameter.parameterKey() + "=" + parameter.parameterValue())
                .containsExactly("Days=3", "Name=one");
        assertThat(aws.update(GROUP, "Name", "two").stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    }

    @Test
    void aFailedChangeInPlaceIsTakenBackToo() throws Exception {
        String template = "Parameters: {T: {Type: Number}}\nResources:\n  Fn:\n    " + StackFixture.FUNCTION
                + "      Timeout: !Ref T\n";
        String broken = template + BROKEN_POLICY.replace("DependsOn: Group", "DependsOn: Fn");
        aws.create(template, "T", "5");
        String function = aws.physicalId("Fn");
        assertThat(aws.update(broken, "T", "50").stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
        assertThat(functions().get(function).orElseThrow().settings().timeout()).hasSeconds(5);
    }

    private FunctionStore functions() {
        return new FunctionStore(StateDirectory.open(state()));
    }

    @Test
    void tagsStayUnlessOthersAreGivenAndAnEmptyListRemovesThem() {
        aws.create(GROUP, request -> request.tags(StackFixture.tag("a", "1")));
        assertThat(aws.update(GROUP, "Days", "7").tags()).containsExactly(StackFixture.tag("a", "1"));
        assertThat(aws.update(GROUP, request -> request.tags(StackFixture.tag("b", "2")))
                        .tags())
                .containsExactly(StackFixture.tag("b", "2"));
        assertThat(aws.update(GROUP, request -> request.tags(List.of())).tags()).isEmpty();
    }

    @Test
    void tagsGoOnToTheFunction() throws Exception {
        aws.create(
                "Resources:\n  Fn:\n    " + StackFixture.FUNCTION, request -> request.tags(StackFixture.tag("a", "1")));
        assertThat(functions().get(aws.physicalId("Fn")).orElseThrow().tags())
                .containsAllEntriesOf(Map.of(
                        "a", "1",
                        "aws:cloudformation:stack-name", "demo",
                        "aws:cloudformation:logical-id", "Fn"));
    }

    @Test
    void aNameThatIsTakenMakesAResourceFail() {
        aws.create(ROLE + "      RoleName: mine\n");
        aws.cloudFormation.createStack(request -> request.stackName("other")
                .templateBody(ROLE + "      RoleName: mine\n")
                .capabilitiesWithStrings("CAPABILITY_NAMED_IAM"));
        assertThat(aws.await("other").stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
        // The rollback has not deleted the other stack's role.
        assertThat(aws.cloudFormation
                        .describeStackEvents(request -> request.stackName("other"))
                        .stackEvents())
                .anySatisfy(event ->
                        assertThat(event.resourceStatusReason()).contains("Role with name mine already exists."));
        aws.cloudFormation.createStack(request -> request.stackName("third")
                .templateBody(ROLE + "      RoleName: mine\n")
                .capabilitiesWithStrings("CAPABILITY_NAMED_IAM"));
        assertThat(aws.await("third").stackStatusAsString()).isEqualTo("ROLLBACK_COMPLETE");
    }

    @Test
    void manyEventsComeInPages() {
        aws.create(GROUP);
        for (int i = 0; i < 30; i++) {
            aws.update(GROUP, "Days", i % 2 == 0 ? "7" : "3");
        }
        assertThat(aws.cloudFormation
                        .describeStackEvents(request -> request.stackName("demo"))
                        .stackEvents())
                .hasSize(100);
        assertThat(aws.eventsAfter(0)).hasSize(5 + 30 * 5).startsWith("demo CREATE_IN_PROGRESS");
    }
}
