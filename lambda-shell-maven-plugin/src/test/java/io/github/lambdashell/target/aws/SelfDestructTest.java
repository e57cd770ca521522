package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.emulator.AwsEmulator;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResource;

/** A stack that deletes itself, on the emulator; the test takes the part of EventBridge Scheduler. */
class SelfDestructTest {
    private static final String NAME = "lshell-Demo";

    @RegisterExtension
    private final Account account = new Account();

    private AwsEmulator endpoint;
    private Target target;
    private AwsClients clients;
    private StackDeployment stacks;

    @BeforeEach
    void start() {
        endpoint = AwsEmulator.start(account.home().resolve("emulator"));
        account.set("aws.accessKeyId", endpoint.accessKeyId());
        account.set("aws.secretAccessKey", endpoint.secretAccessKey());
        TargetConfig config = new TargetConfig(Kind.AWS, "us-east-1", null, endpoint.uri(), account.home());
        target = new AwsTarget(config);
        clients = new AwsClients(config);
        stacks = new StackDeployment(target, account.home(), account);
    }

    @AfterEach
    void stop() {
        clients.close();
        target.close();
        endpoint.close();
    }

    @Test
    void theScheduleDeletesTheStackWithItsBucketWhenItHasExpired() throws Exception {
        DeployedStack stack = deploy("java21", 512);
        String id = clients.cloudFormation()
                .describeStacks(request -> request.stackName(NAME))
                .stacks()
                .get(0)
                .stackId();

        JsonNode schedule = schedule().orElseThrow();
        Instant expiry = stack.origin().expires().orElseThrow();
        assertThat(schedule.path("StartDate").asText()).isEqualTo(expiry.toString());
        assertThat(Instant.parse(schedule.path("EndDate").asText())).isEqualTo(expiry.plus(Duration.ofDays(7)));
        fire(schedule);

        assertThat(StackOperation.underWay(clients, account, id).await()).isEmpty();
        assertThat(clients.s3().listBuckets().buckets()).isEmpty();
        assertThat(schedule()).isEmpty();
        assertThat(deletions(id)).endsWith("SelfDestruct", "SelfDestructRole").contains("ShellFunction", "Bucket");
    }

    /** The object of a session that was killed; S3 deletes it by the bucket's lifecycle rule within two days. */
    @Test
    void theScheduleIsKeptUntilTheBucketCanBeDeleted() throws Exception {
        String bucket = deploy("java21", 512).bucket().orElseThrow();
        clients.s3().putObject(request -> request.bucket(bucket).key("session/1"), RequestBody.fromString("x"));
        JsonNode schedule = schedule().orElseThrow();

        fire(schedule);
        assertThat(StackOperation.underWay(clients, account, NAME).await())
                .hasValueSatisfying(stack -> assertThat(stack.status()).isEqualTo("DELETE_FAILED"));
        assertThat(resources())
                .extracting(StackResource::logicalResourceId)
                .contains("Bucket", "SelfDestruct", "SelfDestructRole")
                .doesNotContain("ShellFunction");

        clients.s3().deleteObject(request -> request.bucket(bucket).key("session/1"));
        fire(schedule().orElseThrow());
        assertThat(StackOperation.underWay(clients, account, NAME).await()).isEmpty();
        assertThat(schedule()).isEmpty();
    }

    /** An update of the architecture or of the memory may fetch the code again. */
    @Test
    void anUpdateFindsTheCodeAndADeployWithoutTheOptionRemovesTheSchedule() throws Exception {
        deploy("java21", 512);

        DeployedStack updated = deploy("java21", 1024);
        assertThat(updated.function().memorySize()).isEqualTo(1024);
        assertThat(account.lines().stream().filter(line -> line.startsWith("uploaded")))
                .hasSize(2);
        assertThat(stacks.deploy(config("java21", 1024)).changed()).isFalse();
        assertThat(objects(updated)).isEmpty();

        stacks.deploy(Account.config(NAME));
        assertThat(schedule()).isEmpty();
        stacks.remove(NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java21", "nodejs22.x"})
    void theRoleDeletesOnlyThroughCloudFormationAndOnlyResourcesOfTheStacksName(String runtime) throws Exception {
        assumeTrue(runtime.startsWith("java")
                || Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "node"))));
        deploy(runtime, 512);
        JsonNode template = template(runtime);
        JsonNode role = template.at("/Resources/SelfDestructRole/Properties");
        JsonNode statements = role.at("/Policies/0/PolicyDocument/Statement");

        assertThat(template.findValuesAsText("DependsOn"))
                .as("what is deleted before the schedule")
                .hasSize(runtime.startsWith("java") ? 3 : 2)
                .containsOnly("SelfDestruct");
        assertThat(role.at("/AssumeRolePolicyDocument/Statement/0/Principal"))
                .hasToString("{\"Service\":\"scheduler.amazonaws.com\"}");
        assertThat(statements.get(0).path("Action").asText()).isEqualTo("cloudformation:DeleteStack");
        assertThat(statements.get(0).path("Resource").asText()).isEqualTo("AWS::StackId");
        for (int i = 1; i < statements.size(); i++) {
            assertThat(statements
                            .get(i)
                            .at("/Condition/ForAnyValue:StringEquals/aws:CalledVia/0")
                            .asText())
                    .isEqualTo("cloudformation.amazonaws.com");
        }
        assertThat(texts(statements.get(2).path("Action"))).allMatch(action -> action.contains(":Describe"));
        List<String> patterns = texts(statements.get(1).path("Resource")).stream()
                .map(arn -> arn.replaceFirst(".*[:/]", "").replace("*", ".*"))
                .toList();
        assertThat(resources()).hasSizeGreaterThan(4).allSatisfy(resource -> assertThat(patterns)
                .as(resource.physicalResourceId())
                .anyMatch(resource.physicalResourceId()::matches));
        assertThat(patterns).noneMatch("lshell-Other-FunctionRole-1"::matches);
        stacks.remove(NAME);
    }

    private JsonNode template(String runtime) throws IOException {
        StackConfig config = config(runtime, 512);
        return new YAMLMapper().readTree(StackTemplate.text(config, Instant.now()));
    }

    private DeployedStack deploy(String runtime, int memory) throws InterruptedException {
        DeployedStack stack = stacks.deploy(config(runtime, memory)).stack();
        assertThat(objects(stack)).as("objects that keep the bucket").isEmpty();
        return stack;
    }

    private List<String> objects(DeployedStack stack) {
        return stack.bucket().stream()
                .flatMap(bucket -> clients.s3().listObjectsV2(request -> request.bucket(bucket)).contents().stream())
                .map(object -> object.key())
                .toList();
    }

    private static StackConfig config(String runtime, int memory) {
        FunctionSettings function = new FunctionSettings(
                        runtime, null, memory, null, null, Map.of(), null, null, null, null)
                .complete(runtime);
        return new StackConfig(
                NAME,
                function,
                null,
                Map.of(),
                null,
                List.of(),
                null,
                null,
                null,
                Duration.ofDays(1),
                true,
                false,
                false,
                null,
                null);
    }

    /** Calls the operation of the schedule's universal target with its input, as the scheduler does. */
    private void fire(JsonNode schedule) throws IOException {
        assertThat(schedule.at("/Target/Arn").asText())
                .isEqualTo("arn:aws:scheduler:::aws-sdk:cloudformation:deleteStack");
        JsonNode input =
                new ObjectMapper().readTree(schedule.at("/Target/Input").asText());
        assertThat(input).hasSize(1);
        clients.cloudFormation()
                .deleteStack(
                        request -> request.stackName(input.path("StackName").asText()));
    }

    private Optional<JsonNode> schedule() throws IOException {
        Path directory = account.home().resolve("emulator/schedules");
        try (Stream<Path> files = Files.list(directory)) {
            Optional<Path> file = files.findFirst();
            return file.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ObjectMapper().readTree(file.get().toFile()));
        }
    }

    private List<StackResource> resources() {
        return clients
                .cloudFormation()
                .describeStackResources(request -> request.stackName(NAME))
                .stackResources()
                .stream()
                .filter(resource -> !"DELETE_COMPLETE".equals(resource.resourceStatusAsString()))
                .toList();
    }

    /** Returns the deleted resources, the first one first. */
    private List<String> deletions(String id) {
        List<StackEvent> events = clients.cloudFormation()
                .describeStackEvents(request -> request.stackName(id))
                .stackEvents();
        return events.stream()
                .filter(event -> event.resourceStatusAsString().equals("DELETE_COMPLETE")
                        && !event.resourceType().equals("AWS::CloudFormation::Stack"))
                .sorted((a, b) -> Integer.compare(events.indexOf(b), events.indexOf(a)))
                .map(StackEvent::logicalResourceId)
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
