package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.Partition;
import io.github.lambdashell.config.ProxyConfig;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Endpoints and ARNs outside of the standard partition, and FIPS and dual-stack endpoints. */
class PartitionTest {
    private static final String BUCKET = "demo-bucket";

    @RegisterExtension
    private final Account account = new Account();

    @Test
    void everyRegionOfTheSdkHasItsPartition() {
        assertThat(Region.regions()).hasSizeGreaterThan(30).allSatisfy(region -> assertThat(Partition.of(region.id()))
                .isEqualTo(PartitionMetadata.of(region).id()));
    }

    @ParameterizedTest
    @CsvSource({
        "cn-north-1, amazonaws.com.cn",
        "us-gov-west-1, amazonaws.com",
        "eusc-de-east-1, amazonaws.eu",
    })
    void endpointsAreThoseOfTheRegionsPartition(String region, String suffix) throws IOException {
        assertThat(reached(region, null))
                .containsExactlyInAnyOrder(
                        BUCKET + ".s3." + region + "." + suffix,
                        "cloudformation." + region + "." + suffix,
                        "lambda." + region + "." + suffix,
                        "logs." + region + "." + suffix,
                        "sts." + region + "." + suffix);
        assertThat(presigned(region, null)).isEqualTo(BUCKET + ".s3." + region + "." + suffix);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws.useFipsEndpoint | us-east-1 | s3-fips.us-east-1.amazonaws.com"
                        + " cloudformation-fips.us-east-1.amazonaws.com lambda-fips.us-east-1.amazonaws.com"
                        + " logs-fips.us-east-1.amazonaws.com sts-fips.us-east-1.amazonaws.com",
                "aws.useFipsEndpoint | us-gov-west-1 | s3-fips.us-gov-west-1.amazonaws.com"
                        + " cloudformation.us-gov-west-1.amazonaws.com lambda-fips.us-gov-west-1.amazonaws.com"
                        + " logs.us-gov-west-1.amazonaws.com sts.us-gov-west-1.amazonaws.com",
                "aws.useDualstackEndpoint | eu-west-1 | s3.dualstack.eu-west-1.amazonaws.com"
                        + " cloudformation.eu-west-1.api.aws lambda.eu-west-1.api.aws logs.eu-west-1.api.aws"
                        + " sts.eu-west-1.api.aws",
                "aws.useDualstackEndpoint | cn-north-1 | s3.dualstack.cn-north-1.amazonaws.com.cn"
                        + " cloudformation.cn-north-1.api.amazonwebservices.com.cn"
                        + " lambda.cn-north-1.api.amazonwebservices.com.cn"
                        + " logs.cn-north-1.api.amazonwebservices.com.cn"
                        + " sts.cn-north-1.api.amazonwebservices.com.cn",
            })
    void settingsOfTheSdkAreForEveryClientAndEveryPresignedUrl(String property, String region, String hosts)
            throws IOException {
        account.set(property, "true");
        String s3 = BUCKET + "." + hosts.split(" ")[0];

        assertThat(reached(region, null)).containsExactlyInAnyOrder((BUCKET + "." + hosts).split(" "));
        assertThat(presigned(region, null)).isEqualTo(s3);
    }

    private static final Set<String> FIPS_HOSTS = Set.of(
            BUCKET + ".s3-fips.us-gov-west-1.amazonaws.com",
            "cloudformation.us-gov-west-1.amazonaws.com",
            "lambda-fips.us-gov-west-1.amazonaws.com",
            "logs.us-gov-west-1.amazonaws.com",
            "sts.us-gov-west-1.amazonaws.com");

    @Test
    void fipsAndDualstackOfAConfiguredProfileAreUsed() throws IOException {
        Path config = Files.writeString(account.home().resolve("config"), """
                [profile gov]
                aws_access_key_id = A
                aws_secret_access_key = B
                use_fips_endpoint = true

                [profile six]
                aws_access_key_id = A
                aws_secret_access_key = B
                use_dualstack_endpoint = true
                """);
        account.set("aws.configFile", config.toString());

        assertThat(reached("us-gov-west-1", "gov")).isEqualTo(FIPS_HOSTS);
        assertThat(presigned("us-gov-west-1", "gov")).isEqualTo(BUCKET + ".s3-fips.us-gov-west-1.amazonaws.com");
        assertThat(presigned("cn-north-1", "six")).isEqualTo(BUCKET + ".s3.dualstack.cn-north-1.amazonaws.com.cn");
        try (AwsClients clients = clients("us-gov-west-1", "gov")) {
            assertThat(clients.environment())
                    .containsEntry("AWS_USE_FIPS_ENDPOINT", "true")
                    .doesNotContainKey("AWS_USE_DUALSTACK_ENDPOINT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws.useFipsEndpoint", "aws.useDualstackEndpoint"})
    void anEndpointOfTheGoalReplacesTheSettings(String property) {
        account.set(property, "true");

        try (AwsClients clients = account.newClients()) {
            assertThat(new Stacks(clients.cloudFormation()).find("demo")).isEmpty();
            assertThat(new BucketChannel(clients, BUCKET).urlToGet("session/1").getAuthority())
                    .isEqualTo(account.endpoint().uri().getAuthority());
            assertThat(clients.environment()).doesNotContainKeys("AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT");
        }
    }

    @Test
    void fipsWithAnEndpointOfTheEnvironmentIsRefusedWithTheSettingsToChange() {
        account.set("aws.useFipsEndpoint", "true");
        account.set("aws.endpointUrl", account.endpoint().uri().toString());

        try (AwsClients clients =
                new AwsClients(new TargetConfig(Kind.AWS, "us-gov-west-1", null, null, account.home()))) {
            assertThatThrownBy(() -> new Stacks(clients.cloudFormation()).find("demo"))
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("FIPS")
                    .hasMessageContaining("AWS_USE_FIPS_ENDPOINT")
                    .hasMessageContaining("-Dlshell.endpoint");
        }
        assertThat(account.endpoint().calls()).isEmpty();
    }

    @Test
    void arnsOfAnotherPartitionAreAllRefusedBeforeAwsIsAsked() {
        StackConfig config = new StackConfig(
                "demo",
                withLayer("arn:aws:lambda:cn-north-1:123456789012:layer:tools:1"),
                null,
                Map.of(),
                null,
                List.of("arn:aws:iam::aws:policy/ReadOnlyAccess"),
                "arn:aws-cn:iam::123456789012:policy/boundary",
                null,
                "arn:aws:kms:cn-north-1:123456789012:key/1",
                Duration.ofDays(1),
                false,
                false,
                false,
                null,
                null);

        try (AwsTarget china = new AwsTarget(config("cn-north-1", null))) {
            assertThatThrownBy(() -> china.prepare(config))
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("layers (lshell.layers) must be in the partition 'aws-cn' of cn-north-1")
                    .hasMessageContaining(
                            "managedPolicies (lshell.managedPolicies) must be in the partition 'aws-cn' of"
                                    + " cn-north-1, but is 'arn:aws:iam::aws:policy/ReadOnlyAccess'; ARNs there begin with"
                                    + " arn:aws-cn:")
                    .hasMessageContaining("kmsKey (lshell.kmsKey)")
                    .hasMessageNotContaining("permissionsBoundary");
        }
        assertThat(account.endpoint().calls()).isEmpty();
    }

    private static FunctionSettings withLayer(String layer) {
        FunctionSettings defaults = FunctionSettings.NONE.complete("java21");
        return new FunctionSettings(
                defaults.runtime(),
                defaults.architecture(),
                defaults.memorySize(),
                defaults.timeout(),
                defaults.ephemeralStorage(),
                Map.of(),
                List.of(layer),
                List.of(),
                List.of(),
                null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"template.yaml", "template-node.yaml"})
    void theTemplateNamesNoPartition(String template) throws IOException {
        String text =
                new String(StackTemplate.class.getResourceAsStream(template).readAllBytes(), StandardCharsets.UTF_8);

        assertThat(text).doesNotContain("arn:aws").contains("AWS::Lambda::Function");
    }

    /** Returns the hosts that the clients' requests go to, by the tunnels that they ask a proxy for. */
    private Set<String> reached(String region, String profile) throws IOException {
        account.set("aws.maxAttempts", "1");
        try (AwsClients clients = clients(region, profile)) {
            List<Runnable> requests = List.of(
                    clients::identity,
                    () -> clients.cloudFormation().describeStacks(),
                    () -> clients.s3()
                            .deleteObject(request -> request.bucket(BUCKET).key("k")),
                    () -> clients.functions().publishVersion(request -> request.functionName("f")),
                    () -> clients.logs().filterLogEvents(request -> request.logGroupName("g")),
                    () -> clients.lambda()
                            .invoke(request -> request.functionName("f"))
                            .join());
            requests.forEach(request -> assertThatThrownBy(request::run).isInstanceOf(RuntimeException.class));
        }
        return account.endpoint().calls().stream()
                .map(HttpCall::target)
                .map(target -> target.replaceFirst(":443$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String presigned(String region, String profile) {
        try (AwsClients clients = clients(region, profile)) {
            URI url = new BucketChannel(clients, BUCKET).urlToGet("session/1");
            return url.getHost();
        }
    }

    private AwsClients clients(String region, String profile) {
        return new AwsClients(config(region, profile));
    }

    /** AWS itself behind a proxy, so that no request leaves this machine. */
    private TargetConfig config(String region, String profile) {
        URI proxy = account.endpoint().uri();
        return new TargetConfig(
                Kind.AWS,
                region,
                profile,
                null,
                account.home(),
                LocalConfig.DEFAULT,
                new ProxyConfig(proxy.getHost(), proxy.getPort(), null, null, Set.of()));
    }
}
