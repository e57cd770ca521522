package io.github.lambdashell.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** What one endpoint makes the next one finds, and two at once don't get into each other's way. */
@Timeout(120)
class SharedStateTest {
    private static final String TEMPLATE = """
            Parameters: {Days: {Type: String, Default: "3"}}
            Resources:
              Group: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: !Ref Days}}
            """;

    @TempDir
    Path root;

    private StackFixture aws;
    private StackFixture other;

    @BeforeEach
    void start() {
        aws = new StackFixture(root.resolve("state"));
        other = new StackFixture(root.resolve("state"));
    }

    @AfterEach
    void stop() {
        aws.close();
        other.close();
    }

    @Test
    void aStackOutlivesItsEndpoint() {
        aws.create(TEMPLATE);
        aws.close();
        assertThat(other.stack("demo").stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
        assertThat(other.delete().stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    }

    @Test
    void whatOneStoresTheOtherReads() {
        aws.s3.createBucket(request -> request.bucket("bucket"));
        aws.s3.putObject(request -> request.bucket("bucket").key("k"), RequestBody.fromString("x"));
        assertThat(other.s3
                        .getObjectAsBytes(request -> request.bucket("bucket").key("k"))
                        .asUtf8String())
                .isEqualTo("x");
    }

    @Test
    void ofManyThatMakeOneStackOneSucceeds() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<String>> creations = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                StackFixture fixture = i % 2 == 0 ? aws : other;
                creations.add(threads.submit(() -> {
                    start.await();
                    return fixture.cloudFormation
                            .createStack(request -> request.stackName("demo").templateBody(TEMPLATE))
                            .stackId();
                }));
            }
            start.countDown();
            int made = 0;
            for (Future<String> creation : creations) {
                try {
                    assertThat(aws.await(creation.get()).stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
                    made++;
                } catch (java.util.concurrent.ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(AlreadyExistsException.class);
                }
            }
            assertThat(made).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void manyStacksWithTheSameCodeComeAndGoAtOnce() throws Exception {
        String template = "Resources:\n  Fn:\n    " + StackFixture.FUNCTION;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> lives = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                StackFixture fixture = i % 2 == 0 ? aws : other;
                String name = "demo" + i;
                lives.add(threads.submit(() -> {
                    for (int turn = 0; turn < 5; turn++) {
                        String id = fixture.cloudFormation
                                .createStack(request -> request.stackName(name).templateBody(template))
                                .stackId();
                        assertThat(fixture.await(id).stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
                        fixture.cloudFormation.deleteStack(request -> request.stackName(name));
                        assertThat(fixture.await(id).stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
                    }
                }));
            }
            for (Future<?> life : lives) {
                life.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(root.resolve("state/code")).isEmptyDirectory();
        assertThat(root.resolve("state/tmp")).isEmptyDirectory();
    }

    @Test
    void anotherProcessFindsTheStackAndTwoProcessesShareTheLock() throws Exception {
        aws.create(TEMPLATE);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        root.resolve("state").toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(root.toFile(), "output"))
                .start();
        try {
            for (int i = 0; i < 20; i++) {
                aws.s3.createBucket(request -> request.bucket("of-this-process"));
                aws.s3.deleteBucket(request -> request.bucket("of-this-process"));
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(root.resolve("output")).content().contains("CREATE_COMPLETE");
        assertThat(aws.s3.listBuckets().buckets())
                .extracting(bucket -> bucket.name())
                .containsExactly("of-the-other");
    }

    /** What the other process does. */
    static final class OtherProcess {
        public static void main(String[] arguments) {
            try (StackFixture aws = new StackFixture(Path.of(arguments[0]))) {
                System.out.println(aws.stack("demo").stackStatusAsString());
                for (int i = 0; i < 20; i++) {
                    aws.s3.createBucket(request -> request.bucket("of-the-other"));
                    aws.s3.deleteBucket(request -> request.bucket("of-the-other"));
                }
                aws.s3.createBucket(request -> request.bucket("of-the-other"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE_IN_PROGRESS, CREATE_FAILED",
        "ROLLBACK_IN_PROGRESS, ROLLBACK_FAILED",
        "UPDATE_IN_PROGRESS, UPDATE_ROLLBACK_FAILED",
        "UPDATE_ROLLBACK_IN_PROGRESS, UPDATE_ROLLBACK_FAILED",
        "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, UPDATE_COMPLETE",
        "DELETE_IN_PROGRESS, DELETE_FAILED"
    })
    void whatADeadProcessLeftIsNotInProgressAndCanBeDeleted(String left, String found) throws Exception {
        aws.create(TEMPLATE);
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        edit(stack -> stack.put("status", left)
                .putObject("owner")
                .put("pid", dead.pid())
                .put("started", "2026-01-01T00:00:00Z"));
        assertThat(other.stack("demo").stackStatusAsString()).isEqualTo(found);
        assertThat(other.stack("demo").stackStatusReason())
                .isEqualTo("The process that worked on the stack ended before its work did");
        assertThat(aws.delete().stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    }

    @Test
    void anotherProcessWithTheSameIdIsNotTheOwner() throws Exception {
        aws.create(TEMPLATE);
        edit(stack -> stack.put("status", "DELETE_IN_PROGRESS")
                .putObject("owner")
                .put("pid", ProcessHandle.current().pid())
                .put("started", "2026-01-01T00:00:00Z"));
        assertThat(aws.stack("demo").stackStatusAsString()).isEqualTo("DELETE_FAILED");
    }

    @Test
    void whatALivingProcessWorksOnIsLeftAlone() throws Exception {
        aws.create(TEMPLATE);
        edit(stack -> stack.put("status", "UPDATE_IN_PROGRESS")
                .putObject("owner")
                .put("pid", ProcessHandle.current().pid())
                .put(
                        "started",
                        ProcessHandle.current()
                                .info()
                                .startInstant()
                                .orElseThrow()
                                .toString()));
        assertThat(aws.stack("demo").stackStatusAsString()).isEqualTo("UPDATE_IN_PROGRESS");
        assertThatThrownBy(() -> other.update(TEMPLATE, "Days", "7"))
                .isInstanceOf(CloudFormationException.class)
                .hasMessageContaining("is in UPDATE_IN_PROGRESS state and can not be updated.");
        assertThatThrownBy(() -> other.delete())
                .isInstanceOf(CloudFormationException.class)
                .hasMessageContaining("cannot be deleted while in status UPDATE_IN_PROGRESS");
    }

    @Test
    void anUpdateThatDiedHalfWayGoesBackWhenAsked() throws Exception {
        aws.create(TEMPLATE);
        String group = aws.physicalId("Group");
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        edit(stack -> {
            ObjectNode restore = stack.putObject("restore");
            restore.set("spec", stack.get("spec").deepCopy());
            restore.set("resources", stack.get("resources").deepCopy());
            restore.putArray("outputs");
            ((ObjectNode) stack.get("resources").get(0))
                    .put("physicalId", "half-made")
                    .put("status", "UPDATE_IN_PROGRESS");
            stack.put("status", "UPDATE_IN_PROGRESS")
                    .putObject("owner")
                    .put("pid", dead.pid())
                    .put("started", "2026-01-01T00:00:00Z");
        });
        assertThat(aws.stack("demo").stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_FAILED");
        aws.cloudFormation.continueUpdateRollback(request -> request.stackName("demo"));
        assertThat(aws.await("demo").stackStatusAsString()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
        assertThat(aws.physicalId("Group")).isEqualTo(group);
    }

    private void edit(java.util.function.Consumer<ObjectNode> change) throws Exception {
        try (Stream<Path> files = Files.list(root.resolve("state/stacks/demo"))) {
            Path file = files.findFirst().orElseThrow();
            ObjectMapper json = new ObjectMapper();
            ObjectNode stack = (ObjectNode) json.readTree(file.toFile());
            change.accept(stack);
            json.writeValue(file.toFile(), stack);
        }
    }

    @Test
    void aDamagedFileIsNamed() throws Exception {
        aws.create(TEMPLATE);
        try (Stream<Path> files = Files.list(root.resolve("state/stacks/demo"))) {
            Files.writeString(files.findFirst().orElseThrow(), "{");
        }
        assertThatThrownBy(() -> aws.stack("demo"))
                .isInstanceOf(CloudFormationException.class)
                .hasMessageContaining("state/stacks/demo")
                .hasMessageContaining("is damaged");
    }
}
