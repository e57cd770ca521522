package io.github.lambdashell.emulator;

import static io.github.lambdashell.emulator.StackFixture.BUCKET_AND_GROUP;
import static io.github.lambdashell.emulator.StackFixture.GROUP;
import static io.github.lambdashell.emulator.StackFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Tests of the deletion of stacks and of the resources that prevent it. */
class StackDeletionTest extends StackTestCase {

    @Test
    void aBucketThatHoldsAnythingKeepsTheStackUntilItIsEmpty() {
        aws.create(BUCKET_AND_GROUP.replace("DependsOn: Group", "DeletionPolicy: Delete"));
        String bucket = aws.physicalId("Bucket");
        aws.s3.putObject(request -> request.bucket(bucket).key("k"), RequestBody.fromString("x"));
        Stack stack = aws.delete();
        assertThat(stack.stackStatusAsString()).isEqualTo("DELETE_FAILED");
        assertThat(stack.stackStatusReason()).isEqualTo("The following resource(s) failed to delete: [Bucket]. ");
        assertThat(aws.reason("Bucket")).contains("The bucket you tried to delete is not empty");
        assertThat(aws.eventsAfter(0)).contains("Group DELETE_COMPLETE");
        aws.s3.deleteObject(request -> request.bucket(bucket).key("k"));
        assertThat(aws.delete().stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    }

    @Test
    void whatAFailedDeletionNeedsStays() {
        aws.create(BUCKET_AND_GROUP);
        String bucket = aws.physicalId("Bucket");
        aws.s3.putObject(request -> request.bucket(bucket).key("k"), RequestBody.fromString("x"));
        aws.delete();
        assertThat(aws.eventsAfter(0)).doesNotContain("Group DELETE_IN_PROGRESS");
        aws.cloudFormation.deleteStack(request -> request.stackName("demo").retainResources("Bucket"));
        aws.await(aws.cloudFormation.listStacks().stackSummaries().get(0).stackId());
        assertThat(aws.cloudFormation.describeStacks().stacks()).isEmpty();
        assertThat(aws.s3.listBuckets().buckets()).hasSize(1);
    }

    @Test
    void aDeletedStackIsFoundByItsIdOnly() {
        String id = aws.create(GROUP).stackId();
        aws.delete();
        assertThat(aws.stack(id).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
        assertThatThrownBy(() -> aws.stack("demo"))
                .isInstanceOfSatisfying(CloudFormationException.class, e -> assertThat(message(e))
                        .isEqualTo("Stack with id demo does not exist"));
        assertThatThrownBy(() -> aws.update(GROUP))
                .isInstanceOfSatisfying(CloudFormationException.class, e -> assertThat(message(e))
                        .isEqualTo("Stack with id demo does not exist"));
        aws.cloudFormation.deleteStack(request -> request.stackName("demo"));
        assertThat(aws.create(GROUP).stackId()).isNotEqualTo(id);
    }

    @Test
    void aProtectedStackIsNotDeleted() {
        aws.create(GROUP, request -> request.enableTerminationProtection(true));
        assertThatThrownBy(() -> aws.cloudFormation.deleteStack(request -> request.stackName("demo")))
                .isInstanceOfSatisfying(CloudFormationException.class, e -> assertThat(message(e))
                        .isEqualTo("Stack [demo] cannot be deleted while TerminationProtection is enabled"));
        aws.cloudFormation.updateTerminationProtection(
                request -> request.stackName("demo").enableTerminationProtection(false));
        assertThat(aws.delete().stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    }

    @Test
    void whatIsToBeRetainedStays() {
        aws.create(GROUP + "  Bucket:\n    Type: AWS::S3::Bucket\n    DeletionPolicy: Retain\n");
        String id = aws.delete().stackId();
        assertThat(aws.s3.listBuckets().buckets()).hasSize(1);
        assertThat(aws.cloudFormation
                        .describeStackEvents(request -> request.stackName(id))
                        .stackEvents())
                .anySatisfy(event -> assertThat(event.resourceStatusAsString()).isEqualTo("DELETE_SKIPPED"));
    }
}
