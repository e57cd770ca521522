package io.github.lambdashell.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.ProxyConfig;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Target;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.HttpCall;
import io.github.lambdashell.invoke.FrameListener;
import io.github.lambdashell.invoke.FunctionClient;
import io.github.lambdashell.invoke.ShellRequest;
import io.github.lambdashell.stack.StackDeployment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where credentials, region, endpoint and proxy come from. */
class CredentialsTest {
    @RegisterExtension
    private final Account account = new Account();

    private final Map<String, String> before = new HashMap<>();

    @AfterEach
    void restoreProperties() {
        before.forEach((property, value) -> {
            if (value == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }

    private void set(String property, String value) {
        String old = value == null ? System.clearProperty(property) : System.setProperty(property, value);
        before.putIfAbsent(property, old);
    }

    private AwsClients clients(String profile) {
        return new AwsClients(
                new TargetConfig(Target.AWS, null, profile, account.endpoint().uri(), account.home()));
    }

    @Test
    void whoAsksIsAskedOnceAndWhereTheCredentialsComeFromIsNoSecret() {
        try (AwsClients clients = clients(null)) {
            assertThat(clients.identity().account()).isEqualTo("123456789012");
            assertThat(clients.place()).hasToString("aws, account 123456789012, eu-west-1");
            assertThat(clients.secrets()).containsExactly(System.getProperty("aws.secretAccessKey"));
        }
        assertThat(account.endpoint().count("GetCallerIdentity")).isEqualTo(1);
        try (CredentialChain chain = new CredentialChain(null)) {
            assertThat(chain.source()).isEqualTo("jvm system properties");
        }
    }

    @Test
    void withoutCredentialsTheRemediesAreNamed() {
        withoutCredentials();
        try (AwsClients clients = clients(null)) {
            assertThatThrownBy(clients::identity)
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("no AWS credentials were found")
                    .hasMessageContaining("aws sso login")
                    .hasMessageContaining("-Dlshell.target=local, which needs none");
        }
    }

    @Test
    void aProfileThatIsNotThereIsNamed() throws IOException {
        withoutCredentials();
        config("[profile other]\nregion = eu-west-1\n");
        try (AwsClients clients = clients("missing")) {
            assertThatThrownBy(clients::identity)
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("no AWS credentials were found in the profile missing");
        }
    }

    @Test
    void withoutARegionTheRemediesAreNamed() {
        set("aws.region", null);
        try (AwsClients clients = clients(null)) {
            assertThatThrownBy(clients::identity)
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("no region is set")
                    .hasMessageContaining("-Dlshell.region=..., AWS_REGION, or in the profile");
        }
    }

    @Test
    void theRegionMayComeFromTheProfile() throws IOException {
        set("aws.region", null);
        withoutCredentials();
        config("[profile work]\nregion = ap-south-1\naws_access_key_id = A\naws_secret_access_key = B\n");
        try (AwsClients clients = clients("work")) {
            assertThat(clients.place().region()).isEqualTo("ap-south-1");
            assertThat(clients.secrets()).containsExactly("B");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "single sign-on|sso_session = corp;sso_account_id = 1;sso_role_name = dev|aws sso login",
                "aws login|login_session = arn:aws:sts::1:assumed-role/dev/alice|aws login",
            })
    void aLoginThatIsMissingIsNamedAndNotAMissingLibrary(String name, String lines, String words) throws IOException {
        withoutCredentials();
        config("[profile work]\nregion = eu-west-1\n" + lines.replace(';', '\n')
                + "\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.invalid/start\n");
        try (AwsClients clients = clients("work")) {
            assertThatThrownBy(clients::identity)
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining(words)
                    .hasMessageNotContaining("class path")
                    .hasMessageNotContaining("module");
        }
    }

    @Test
    void anAssumedRoleIsAskedForThroughTheProfile() throws IOException {
        withoutCredentials();
        set("aws.endpointUrlSts", account.endpoint().uri().toString());
        config("[profile base]\naws_access_key_id = A\naws_secret_access_key = B\n"
                + "[profile work]\nregion = eu-west-1\nsource_profile = base\nrole_arn = arn:aws:iam::1:role/dev\n");
        try (AwsClients clients = clients("work")) {
            assertThatThrownBy(clients::identity).isInstanceOf(ShellException.class);
        }
        assertThat(account.endpoint().count("AssumeRole")).isPositive();
    }

    @Test
    void theEndpointOfTheEnvironmentIsKeptAndItsBucketsAreAddressedByPath() throws InterruptedException {
        set("aws.endpointUrl", account.endpoint().uri().toString());
        try (AwsClients clients = new AwsClients(new TargetConfig(Target.AWS, null, null, null, account.home()))) {
            account.stacks().takeLooks(0);
            new StackDeployment(clients, account).deploy(Account.config("demo"));
        }
        assertThat(account.aws().s3().versions("demo-bucket-abc123")).hasSize(1);
    }

    @Test
    void theProxyOfMavensSettingsIsUsedWithItsPassword() throws InterruptedException {
        ProxyConfig proxy = new ProxyConfig(
                "127.0.0.1", account.endpoint().uri().getPort(), "alice", "s3cret", Set.of("*.direct.invalid"));
        URI endpoint = URI.create("http://aws.invalid");
        try (AwsClients clients = new AwsClients(
                new TargetConfig(Target.AWS, null, null, endpoint, account.home(), LocalConfig.DEFAULT, proxy))) {
            new StackDeployment(clients, account).deploy(Account.config("demo"));
            new FunctionClient(clients.lambda(), "demo").invoke(ShellRequest.command("true"), new Silence());
        }
        assertThat(account.endpoint().calls())
                .filteredOn(call -> !call.operation().equals("InvokeWithResponseStream"))
                .allMatch(call -> "Basic YWxpY2U6czNjcmV0".equals(call.headers().get("proxy-authorization")));
        assertThat(account.endpoint().calls()).extracting(HttpCall::operation).contains("CONNECT");
        assertThat(proxy).hasToString("127.0.0.1:" + proxy.port());
    }

    @Test
    void hostsThatNeedNoProxyAreReachedWithoutIt() {
        ProxyConfig nowhere = new ProxyConfig("proxy.invalid", 8080, null, null, Set.of("127.*"));
        TargetConfig target = new TargetConfig(
                Target.AWS, null, null, account.endpoint().uri(), account.home(), LocalConfig.DEFAULT, nowhere);
        try (AwsClients clients = new AwsClients(target)) {
            assertThatCode(clients::identity).doesNotThrowAnyException();
            assertThatCode(() -> new FunctionClient(clients.lambda(), "demo")
                            .invoke(ShellRequest.command("true"), new Silence()))
                    .doesNotThrowAnyException();
        }
    }

    private void withoutCredentials() {
        set("aws.accessKeyId", null);
        set("aws.secretAccessKey", null);
    }

    private void config(String text) throws IOException {
        Path file = account.home().resolve("config");
        Files.writeString(file, text);
        set("aws.configFile", file.toString());
    }

    private static final class Silence implements FrameListener {
        @Override
        public void stdout(byte[] bytes, int offset, int length) {
            // Who asked is what is to be seen.
        }

        @Override
        public void stderr(byte[] bytes, int offset, int length) {
            // Who asked is what is to be seen.
        }
    }
}
