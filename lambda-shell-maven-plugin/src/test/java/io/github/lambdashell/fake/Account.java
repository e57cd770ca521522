package io.github.lambdashell.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fault.FaultyEndpoint;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Target;
import io.github.lambdashell.target.aws.AwsClients;
import io.github.lambdashell.target.aws.AwsTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fake AWS account behind a faulty endpoint, with a user's clients for {@code target=aws}. A test that registers it
 * gets a new one for each method.
 */
public final class Account extends DeployLines implements BeforeEachCallback, AfterEachCallback {
    private static final Map<String, String> USER = Map.of(
            "aws.accessKeyId", "AKIDEXAMPLE",
            "aws.secretAccessKey", "wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY",
            "aws.region", FakeAws.REGION,
            "aws.disableEc2Metadata", "true",
            "aws.configFile", "/nonexistent",
            "aws.sharedCredentialsFile", "/nonexistent");

    /** Properties that the SDK's chain reads first, so that this machine's own configuration has no effect. */
    public static final Set<String> USERS_PROPERTIES = USER.keySet();

    static {
        USER.forEach(System::setProperty);
    }

    private final FakeAws aws = new FakeAws();
    private final FaultyEndpoint endpoint = FaultyEndpoint.before(aws);
    private final Set<String> changed = new HashSet<>();
    private Path home;
    private AwsClients clients;
    private Target target;

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        open();
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        close();
    }

    /** Opens the account, for a program without tests. */
    public void open() throws IOException {
        home = Files.createTempDirectory("lshell-account");
        clients = newClients();
        target = newTarget();
    }

    /** Closes the account and restores all properties. */
    public void close() throws IOException {
        USER.forEach(System::setProperty);
        changed.forEach(System::clearProperty);
        clients.close();
        target.close();
        endpoint.close();
        FileUtils.deleteDirectory(home.toFile());
    }

    /** Sets a property of the SDK's chain until the end of the test; null removes it. */
    public void set(String property, String value) {
        if (!USER.containsKey(property)) {
            changed.add(property);
        }
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    /** Returns the user's {@code lshell.home}. */
    public Path home() {
        return home;
    }

    /** Creates clients like those of another Maven process. */
    public AwsClients newClients() {
        return new AwsClients(config());
    }

    /** Creates a target like that of another Maven process. */
    public Target newTarget() {
        return new AwsTarget(config());
    }

    private TargetConfig config() {
        return new TargetConfig(Kind.AWS, null, null, endpoint.uri(), home);
    }

    public Target target() {
        return target;
    }

    /** Takes the stack of a configuration as a goal does. */
    public StackLease take(StackConfig config, FunctionSettings configured, DeployListener listener)
            throws InterruptedException {
        return StackLease.take(target, new StackLease.Request(config, configured, false, home), listener);
    }

    public FakeAws aws() {
        return aws;
    }

    public FakeCloudFormation stacks() {
        return aws.cloudFormation();
    }

    public FaultyEndpoint endpoint() {
        return endpoint;
    }

    public AwsClients clients() {
        return clients;
    }

    public StackDeployment deployment() {
        return new StackDeployment(target, home, this);
    }

    /** Asserts that nothing of any stack remains: no resource, no object, no record on this machine. */
    public void assertNothingIsLeft() {
        assertThat(stacks().names()).as("stacks").isEmpty();
        assertThat(aws.s3().buckets()).as("buckets").isEmpty();
        assertThat(records()).as("notes in the user's home").isEmpty();
    }

    /** Returns the names of the records of stacks that this machine deployed. */
    public List<String> records() {
        Path directory = home.resolve("stacks");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the local target of the same user. */
    public TargetConfig localTarget() {
        return new TargetConfig(Kind.LOCAL, null, null, null, home);
    }

    public static StackConfig config(String name) {
        return config(name, FunctionSettings.NONE.complete("java21"), null);
    }

    public static StackConfig config(String name, String codeBucket) {
        return config(name, FunctionSettings.NONE.complete("java21"), codeBucket);
    }

    public static StackConfig config(String name, FunctionSettings function) {
        return config(name, function, null);
    }

    /** Returns the configuration of a stack that deletes itself. */
    public static StackConfig selfDestructing(String name) {
        return config(name, FunctionSettings.NONE.complete("java21"), null, true);
    }

    private static StackConfig config(String name, FunctionSettings function, String codeBucket) {
        return config(name, function, codeBucket, false);
    }

    private static StackConfig config(String name, FunctionSettings function, String codeBucket, boolean selfDestruct) {
        return new StackConfig(
                name,
                function,
                null,
                Map.of(),
                null,
                List.of(),
                null,
                codeBucket,
                null,
                Duration.ofDays(1),
                selfDestruct,
                false,
                false,
                null,
                null);
    }
}
