package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.ProxyConfig;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.fault.HttpCall;
import io.github.lambdashell.fault.TlsProxy;
import io.github.lambdashell.protocol.ShellFunction;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where credentials, region, endpoint and proxy come from. */
class CredentialsTest {
    @RegisterExtension
    private final Account account = new Account();

    private AwsClients clients(String profile) {
        return new AwsClients(
                new TargetConfig(Kind.AWS, null, profile, account.endpoint().uri(), account.home()));
    }

    @Test
    void whoAsksIsAskedOnceAndWhereTheCredentialsComeFromIsNoSecret() {
        try (AwsClients clients = clients(null)) {
            assertThat(clients.identity().account()).isEqualTo("123456789012");
            assertThat(clients.identity().account()).isEqualTo("123456789012");
            assertThat(clients.secrets()).containsExactly(System.getProperty("aws.secretAccessKey"));
        }
        assertThat(account.endpoint().count("GetCallerIdentity")).isEqualTo(1);
        try (CredentialSource source = new CredentialSource(null)) {
            assertThat(source.name()).isEqualTo("jvm system properties");
        }
    }

    /** As with the AWS CLI: who names a profile doesn't want the account of whatever the environment holds. */
    @Test
    void aProfileThatIsNamedCountsMoreThanKeysInTheEnvironment() throws IOException {
        config("[profile work]\naws_access_key_id = A\naws_secret_access_key = B\n");
        try (AwsClients clients = clients("work")) {
            assertThat(clients.secrets()).containsExactly("B");
        }
    }

    @Test
    void aBrokenProfileOfTheEnvironmentIsNamedAndNotEveryPlaceThatWasLookedAt() throws IOException {
        withoutCredentials();
        account.set("aws.profile", "work");
        config("[profile work]\nrole_arn = arn:aws:iam::1:role/dev\nsource_profile = base\n");
        try (AwsClients clients = clients(null)) {
            assertThatThrownBy(clients::identity)
                    .hasMessageStartingWith("The profile work has no usable credentials: The source profile of 'work'")
                    .hasMessageNotContaining("ContainerCredentialsProvider");
        }
    }

    @Test
    void theRegionMayComeFromTheProfile() throws IOException {
        account.set("aws.region", null);
        withoutCredentials();
        config("[profile work]\nregion = ap-south-1\naws_access_key_id = A\naws_secret_access_key = B\n");
        try (AwsClients clients = clients("work")) {
            assertThat(clients.region()).isEqualTo("ap-south-1");
            assertThat(clients.secrets()).containsExactly("B");
        }
    }

    @Test
    void anAssumedRoleIsAskedForThroughTheProfile() throws IOException {
        withoutCredentials();
        account.set("aws.endpointUrlSts", account.endpoint().uri().toString());
        config("[profile base]\naws_access_key_id = A\naws_secret_access_key = B\n"
                + "[profile work]\nregion = eu-west-1\nsource_profile = base\nrole_arn = arn:aws:iam::1:role/dev\n");
        try (AwsClients clients = clients("work")) {
            assertThatThrownBy(clients::identity).isInstanceOf(ShellException.class);
        }
        assertThat(account.endpoint().count("AssumeRole")).isPositive();
    }

    @Test
    void theEndpointOfTheEnvironmentIsKeptAndItsBucketsAreAddressedByPath() throws InterruptedException {
        account.set("aws.endpointUrl", account.endpoint().uri().toString());
        try (Target target = new AwsTarget(new TargetConfig(Kind.AWS, null, null, null, account.home()))) {
            account.stacks().takeLooks(0);
            new StackDeployment(target, account.home(), account).deploy(Account.config("demo"));
        }
        assertThat(account.aws().s3().versions("demo-bucket-abc123")).hasSize(1);
    }

    @Test
    void theProxyOfMavensSettingsIsUsedWithItsPassword() throws InterruptedException {
        ProxyConfig proxy = new ProxyConfig(
                "127.0.0.1", account.endpoint().uri().getPort(), "alice", "s3cret", Set.of("*.direct.invalid"));
        URI endpoint = URI.create("http://" + TlsProxy.HOST);
        TargetConfig config =
                new TargetConfig(Kind.AWS, null, null, endpoint, account.home(), LocalConfig.DEFAULT, proxy);
        try (AwsClients clients = new AwsClients(config);
                Target target = new AwsTarget(config)) {
            new StackDeployment(target, account.home(), account).deploy(Account.config("demo"));
            new ShellFunction(new AwsFunction(clients.lambda(), "demo", Optional.empty(), report -> {}))
                    .invoke(ShellRequest.command("true"), new Silence());
        }
        assertThat(account.endpoint().calls())
                .filteredOn(call -> !call.operation().equals("InvokeWithResponseStream"))
                .allMatch(call -> "Basic YWxpY2U6czNjcmV0".equals(call.headers().get("proxy-authorization")));
        assertThat(account.endpoint().calls()).extracting(HttpCall::operation).contains("CONNECT");
        assertThat(proxy).hasToString("127.0.0.1:" + proxy.port());
    }

    /** The JDK's client keeps it back there, and AWS is reached in no other way. */
    @Test
    void theProxysPasswordGoesWithTheTunnelToAnHttpsAddress() {
        ProxyConfig proxy = new ProxyConfig(
                "127.0.0.1", account.endpoint().uri().getPort(), "alice", "s3cret", Set.of("*.direct.invalid"));
        for (String host : List.of("aws.invalid", "aws.direct.invalid")) {
            URI endpoint = URI.create("https://" + host);
            try (AwsClients clients = new AwsClients(
                    new TargetConfig(Kind.AWS, null, null, endpoint, account.home(), LocalConfig.DEFAULT, proxy))) {
                assertThatThrownBy(clients::identity).isInstanceOf(ShellException.class);
            }
        }
        assertThat(account.endpoint().calls())
                .isNotEmpty()
                .allMatch(call -> call.operation().equals("CONNECT"))
                .allMatch(call -> call.target().equals("aws.invalid:443"))
                .allMatch(call -> "Basic YWxpY2U6czNjcmV0".equals(call.headers().get("proxy-authorization")));
    }

    @Test
    void hostsThatNeedNoProxyAreReachedWithoutIt() {
        ProxyConfig nowhere = new ProxyConfig("proxy.invalid", 8080, null, null, Set.of("127.*"));
        TargetConfig target = new TargetConfig(
                Kind.AWS, null, null, account.endpoint().uri(), account.home(), LocalConfig.DEFAULT, nowhere);
        try (AwsClients clients = new AwsClients(target)) {
            assertThatCode(clients::identity).doesNotThrowAnyException();
            assertThatCode(() -> new ShellFunction(
                                    new AwsFunction(clients.lambda(), "demo", Optional.empty(), report -> {}))
                            .invoke(ShellRequest.command("true"), new Silence()))
                    .doesNotThrowAnyException();
        }
    }

    private void withoutCredentials() {
        account.set("aws.accessKeyId", null);
        account.set("aws.secretAccessKey", null);
    }

    private void config(String text) throws IOException {
        Path file = account.home().resolve("config");
        Files.writeString(file, text);
        account.set("aws.configFile", file.toString());
    }
}
