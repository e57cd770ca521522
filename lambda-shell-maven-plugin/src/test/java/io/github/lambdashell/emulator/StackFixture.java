package io.github.lambdashell.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;
import software.amazon.awssdk.services.s3.S3Client;

/** An emulator with the SDK's clients, and helper methods for stacks. */
final class StackFixture implements AutoCloseable {
    static final String NAME = "demo";

    /** A minimal function with the role of another stack. */
    static final String FUNCTION = """
            Type: AWS::Lambda::Function
                Properties:
                  Runtime: nodejs22.x
                  Handler: index.handler
                  Role: arn:aws:iam::000000000000:role/any
                  Code: {ZipFile: "exports.handler = async () => 1"}
            """;

    /** A log group whose name and retention are parameters. */
    static final String GROUP = """
            Parameters:
              Days: {Type: String, Default: "3"}
              Name: {Type: String, Default: ""}
            Conditions:
              Named: !Not [!Equals [!Ref Name, ""]]
            Resources:
              Group:
                Type: AWS::Logs::LogGroup
                Properties:
                  RetentionInDays: !Ref Days
                  LogGroupName: !If [Named, !Ref Name, !Ref "AWS::NoValue"]
            """;

    /** The log group, and a bucket that depends on it. */
    static final String BUCKET_AND_GROUP = GROUP + """
              Bucket:
                Type: AWS::S3::Bucket
                DependsOn: Group
            """;

    /** A resource to append to the log group, whose creation fails after the log group's. */
    static final String BROKEN_POLICY = """
              Broken:
                Type: AWS::S3::BucketPolicy
                DependsOn: Group
                Properties:
                  Bucket: there-is-none
                  PolicyDocument: {Statement: [{Effect: Deny}]}
            """;

    /** A role, whose creation requires a capability. */
    static final String ROLE = """
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument: {Statement: [{Effect: Allow}]}
            """;

    final AwsEmulator endpoint;
    final CloudFormationClient cloudFormation;
    final S3Client s3;

    StackFixture(Path state) {
        endpoint = AwsEmulator.withoutSandboxes(state);
        cloudFormation =
                Clients.client(CloudFormationClient.builder().httpClient(UrlConnectionHttpClient.create()), endpoint);
        s3 = Clients.client(Clients.s3().httpClient(UrlConnectionHttpClient.create()), endpoint);
    }

    @Override
    public void close() {
        s3.close();
        cloudFormation.close();
        endpoint.close();
    }

    /** Creates a stack and waits until the operation ends. */
    Stack create(String template, String... parameters) {
        return create(template, request -> request.parameters(parameters(parameters)));
    }

    Stack create(String template, Consumer<CreateStackRequest.Builder> more) {
        cloudFormation.createStack(request -> {
            request.stackName(NAME).templateBody(template).capabilities(Capability.CAPABILITY_NAMED_IAM);
            more.accept(request);
        });
        return await(NAME);
    }

    /** Updates the stack and waits until the operation ends. */
    Stack update(String template, String... parameters) {
        return update(template, request -> request.parameters(parameters(parameters)));
    }

    Stack update(String template, Consumer<UpdateStackRequest.Builder> more) {
        cloudFormation.updateStack(request -> {
            request.stackName(NAME).templateBody(template).capabilities(Capability.CAPABILITY_NAMED_IAM);
            more.accept(request);
        });
        return await(NAME);
    }

    /** Deletes the stack and waits until the operation ends. */
    Stack delete() {
        String id = stack(NAME).stackId();
        cloudFormation.deleteStack(request -> request.stackName(NAME));
        return await(id);
    }

    Stack stack(String nameOrId) {
        return cloudFormation
                .describeStacks(request -> request.stackName(nameOrId))
                .stacks()
                .get(0);
    }

    Stack await(String nameOrId) {
        Instant latest = Instant.now().plus(Duration.ofSeconds(30));
        while (Instant.now().isBefore(latest)) {
            Stack stack = stack(nameOrId);
            if (!stack.stackStatusAsString().endsWith("_IN_PROGRESS")) {
                return stack;
            }
        }
        throw new AssertionError("the operation on " + nameOrId + " does not end");
    }

    /**
     * Returns the events after the first ones as {@code Id STATUS}, the oldest first.
     *
     * @param count number of events to skip
     */
    List<String> eventsAfter(int count) {
        List<StackEvent> events = new ArrayList<>();
        cloudFormation
                .describeStackEventsPaginator(request -> request.stackName(NAME))
                .stackEvents()
                .forEach(events::add);
        Collections.reverse(events);
        return events.stream()
                .skip(count)
                .map(event -> event.logicalResourceId() + " " + event.resourceStatusAsString())
                .toList();
    }

    String physicalId(String logicalId) {
        return cloudFormation
                .describeStackResource(request -> request.stackName(NAME).logicalResourceId(logicalId))
                .stackResourceDetail()
                .physicalResourceId();
    }

    String reason(String logicalId) {
        return cloudFormation
                .describeStackResource(request -> request.stackName(NAME).logicalResourceId(logicalId))
                .stackResourceDetail()
                .resourceStatusReason();
    }

    /** Returns the message with which CloudFormation rejects a template. */
    String refusalOf(String template, String... parameters) {
        CloudFormationException refusal =
                catchThrowableOfType(CloudFormationException.class, () -> create(template, parameters));
        assertThat(refusal).as("the refusal").isNotNull();
        return message(refusal);
    }

    static String message(CloudFormationException e) {
        return e.awsErrorDetails().errorMessage();
    }

    static List<Parameter> parameters(String... keysAndValues) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            parameters.add(Parameter.builder()
                    .parameterKey(keysAndValues[i])
                    .parameterValue(keysAndValues[i + 1])
                    .build());
        }
        return parameters;
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    /** Uploads a package with one file to a bucket. */
    void upload(String bucket, String key, String file, String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(file));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes.toByteArray()));
    }
}
