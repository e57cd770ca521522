package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Target;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.FaultyEndpoint;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.invoke.FrameListener;
import io.github.lambdashell.invoke.FunctionClient;
import io.github.lambdashell.invoke.ShellRequest;
import io.github.lambdashell.local.LocalEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The path of {@code target=aws} with {@code endpoint}, whole: real signatures, a real template, a real function. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThroughTheLocalEndpointTest implements StackProgress {
    private static final String STREAM = "InvokeWithResponseStream";

    private LocalEndpoint local;
    private FaultyEndpoint endpoint;
    private AwsClients clients;
    private StackDeployment deployment;
    private String keyBefore;
    private String secretBefore;

    @BeforeAll
    void deploy(@TempDir Path home) throws InterruptedException {
        // Makes sure that the SDK's chain sees nothing of this machine.
        Account.useItsCredentials();
        local = LocalEndpoint.start(home.resolve("local"), "eu-west-1");
        keyBefore = System.setProperty("aws.accessKeyId", local.accessKeyId());
        secretBefore = System.setProperty("aws.secretAccessKey", local.secretAccessKey());
        endpoint = FaultyEndpoint.before(local.uri());
        clients = new AwsClients(new TargetConfig(Target.AWS, "eu-west-1", null, endpoint.uri(), home));
        deployment = new StackDeployment(clients, this);
        deployment.deploy(Account.config("demo"));
    }

    @AfterAll
    void remove() throws InterruptedException, IOException {
        endpoint.heal();
        deployment.remove("demo");
        assertThat(new Stacks(clients.cloudFormation()).find("demo")).isEmpty();
        clients.close();
        endpoint.close();
        local.close();
        System.setProperty("aws.accessKeyId", keyBefore);
        System.setProperty("aws.secretAccessKey", secretBefore);
    }

    @Test
    void anUnchangedDeployIsOne() throws InterruptedException {
        assertThat(deployment.deploy(Account.config("demo")).changed()).isFalse();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("none", null, 1),
                Arguments.of("throttle", answer(429, "TooManyRequestsException"), 1),
                Arguments.of("pending", answer(409, "ResourceConflictException"), 1),
                Arguments.of("server error", answer(500, "ServiceException"), 0),
                Arguments.of("before it arrives", Fault.resetBeforeItArrives(), 0),
                Arguments.of("before the answer", Fault.resetBeforeTheAnswer(), 1),
                Arguments.of("in the middle", Fault.resetAfter(60), 1),
                Arguments.of("after the result", Fault.resetBeforeTheLast(4), 1));
    }

    private static Fault answer(int status, String code) {
        return Fault.answer(HttpAnswer.lambdaError(status, code, "{}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void noFaultRunsACommandTwice(String name, Fault fault, int executions, @TempDir(factory = OutsideTmp.class) Path directory)
            throws IOException, InterruptedException {
        Path counter = directory.resolve("counter");
        endpoint.heal();
        if (fault != null) {
            endpoint.fault(STREAM, 1, fault);
        }
        try {
            run("echo ran >> '" + counter + "'; echo out");
        } catch (ShellException e) {
            assertThat(e).hasMessageContaining("run");
        }

        List<String> lines = Files.exists(counter) ? Files.readAllLines(counter) : List.of();
        assertThat(lines).hasSize(executions);
    }

    @Test
    void anEndpointThatCanNotStreamRunsACommandOnceTheOldWay(@TempDir(factory = OutsideTmp.class) Path directory)
            throws IOException, InterruptedException {
        Path counter = directory.resolve("counter");
        endpoint.heal();
        endpoint.fault(STREAM, FaultyEndpoint.EVERY_CALL, answer(404, "NotFound"));

        assertThat(run("echo ran >> '" + counter + "'; echo out")).isEqualTo("out\n");
        assertThat(Files.readAllLines(counter)).hasSize(1);
    }

    @Test
    void aWrongKeyIsRefusedInWords() {
        String right = System.setProperty("aws.secretAccessKey", "wrong");
        TargetConfig target = new TargetConfig(
                Target.AWS, "eu-west-1", null, local.uri(), clients.target().home());
        try (AwsClients stranger = new AwsClients(target)) {
            assertThatThrownBy(stranger::identity)
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("Check the credentials in use");
        } finally {
            System.setProperty("aws.secretAccessKey", right);
        }
    }

    /** A sandbox may have a /tmp of its own. */
    static final class OutsideTmp implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "executions");
        }
    }

    private String run(String command) throws InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        new FunctionClient(clients.lambda(), functionName()).invoke(ShellRequest.command(command), new FrameListener() {
            @Override
            public void stdout(byte[] bytes, int offset, int length) {
                output.write(bytes, offset, length);
            }

            @Override
            public void stderr(byte[] bytes, int offset, int length) {
                output.write(bytes, offset, length);
            }
        });
        return output.toString(StandardCharsets.UTF_8);
    }

    private String functionName() {
        return new Stacks(clients.cloudFormation())
                .find("demo")
                .flatMap(DeployedStack::functionName)
                .orElseThrow();
    }

    @Override
    public void step(String line) {
        // What a user is told is shown with the fake account.
    }

    @Override
    public void resource(String resource, String type, String status) {
        // What a user is told is shown with the fake account.
    }
}
