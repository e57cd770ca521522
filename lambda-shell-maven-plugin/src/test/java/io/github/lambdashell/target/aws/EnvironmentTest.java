package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.HttpCall;
import io.github.lambdashell.fault.TlsProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a process's environment says of where AWS is, who asks, and the way there. */
class EnvironmentTest {
    @RegisterExtension
    private final Account account = new Account();

    /** Another endpoint, for what is not to go to the first. */
    @RegisterExtension
    private final Account other = new Account();

    @Test
    void oneEndpointServesForAllServices() throws Exception {
        String output = user().with("AWS_ENDPOINT_URL", uri(account)).run();

        assertThat(output).endsWith("done\n");
        assertThat(account.endpoint().counts())
                .containsKeys("GetCallerIdentity", "CreateStack", "PutObject", "InvokeWithResponseStream");
        assertThat(account.aws().s3().buckets()).as("addressed by path").hasSize(1);
    }

    @Test
    void nettyCausesNoWarningOfTheJdk() throws Exception {
        String output = user().endpoint(uri(account)).run();

        assertThat(output).endsWith("done\n").doesNotContain("Unsafe");
    }

    @Test
    void aServicesOwnEndpointCountsMoreThanTheCommonOne() throws Exception {
        String output = user().with("AWS_ENDPOINT_URL", uri(account))
                .with("AWS_ENDPOINT_URL_LAMBDA", uri(other))
                .run();

        assertThat(output).endsWith("done\n");
        assertOnlyInvocationsGoElsewhere();
    }

    @Test
    void aProfileMayNameAnEndpointForEachService() throws Exception {
        Path config = Files.writeString(account.home().resolve("config"), """
                [profile work]
                region = eu-west-1
                aws_access_key_id = A
                aws_secret_access_key = B
                endpoint_url = %s
                services = apart

                [services apart]
                lambda =
                  endpoint_url = %s
                """.formatted(uri(account), uri(other)));

        String output = user().without("AWS_REGION")
                .with("AWS_CONFIG_FILE", config.toString())
                .profile("work")
                .run();

        assertThat(output).endsWith("done\n");
        assertOnlyInvocationsGoElsewhere();
    }

    @Test
    void theGoalsOwnEndpointCountsMoreThanTheEnvironments() throws Exception {
        String output = user().with("AWS_ENDPOINT_URL", uri(other))
                .with("AWS_ENDPOINT_URL_LAMBDA", uri(other))
                .endpoint(uri(account))
                .run();

        assertThat(output).endsWith("done\n");
        assertThat(other.endpoint().calls()).isEmpty();
    }

    /** In a region that does not exist, so that nothing reaches AWS. */
    @Test
    void theVariableThatIgnoresEndpointsIsRespected() throws Exception {
        String output = user().with("AWS_ENDPOINT_URL", uri(account))
                .with("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
                .with("AWS_REGION", "eu-nowhere-1")
                .run();

        assertThat(output).contains("eu-nowhere-1.amazonaws.com").doesNotContain("\tat ");
        assertThat(account.endpoint().calls()).isEmpty();
    }

    @Test
    void aMissingRegionIsReportedWithTheWaysToSpecifyIt() throws Exception {
        String output = user().without("AWS_REGION").endpoint(uri(account)).run();

        assertThat(output)
                .contains("no region is set")
                .contains("-Dlshell.region")
                .doesNotContain("\tat ");
        assertThat(account.endpoint().calls()).isEmpty();
    }

    @Test
    void missingCredentialsAreReportedWithTheirSources() throws Exception {
        String output = user().without("AWS_ACCESS_KEY_ID")
                .without("AWS_SECRET_ACCESS_KEY")
                .endpoint(uri(account))
                .run();

        assertThat(output).contains("credentials").contains("aws login").doesNotContain("\tat ");
        assertThat(account.endpoint().calls()).isEmpty();
    }

    @Test
    void theProxyOfTheEnvironmentIsUsedWithItsPassword() throws Exception {
        String output = user().with("HTTP_PROXY", "http://alice:s3cret@" + authority(account))
                .endpoint("http://" + TlsProxy.HOST)
                .run();

        assertThat(output).endsWith("done\n");
        assertThat(account.endpoint().calls())
                .filteredOn(call -> !call.operation().equals("InvokeWithResponseStream"))
                .allMatch(EnvironmentTest::hasPassword);
        assertThat(account.endpoint().calls()).extracting(HttpCall::operation).contains("CONNECT");
    }

    @Test
    void theProxyOfTheEnvironmentTunnelsHttpsWithItsPassword() throws Exception {
        String output = user().with("HTTPS_PROXY", "http://alice:s3cret@" + authority(account))
                .endpoint("https://aws.invalid")
                .run();

        assertThat(account.endpoint().calls())
                .as(output)
                .isNotEmpty()
                .allMatch(call -> call.operation().equals("CONNECT"))
                .allMatch(call -> call.target().equals("aws.invalid:443"))
                .allMatch(EnvironmentTest::hasPassword);
    }

    @Test
    void fipsEndpointsOfTheEnvironmentAreUsed() throws Exception {
        String output = user().with("HTTPS_PROXY", "http://" + authority(account))
                .with("AWS_USE_FIPS_ENDPOINT", "true")
                .with("AWS_REGION", "us-east-1")
                .run();

        assertThat(account.endpoint().calls()).as(output).isNotEmpty().allMatch(call -> call.target()
                .equals("sts-fips.us-east-1.amazonaws.com:443"));
    }

    @Test
    void theProxyForHttpsIsNotForPlainAddresses() throws Exception {
        String output = user().with("HTTPS_PROXY", "http://proxy.invalid:8080")
                .with("AWS_ENDPOINT_URL", uri(account))
                .run();

        assertThat(output).endsWith("done\n");
    }

    @Test
    void aDomainThatTheEnvironmentExemptsCoversItsHostsAndAnEmptyVariableHasNoEffect() throws Exception {
        String output = user().with("HTTPS_PROXY", "http://" + authority(account))
                .with("no_proxy", "")
                .with("NO_PROXY", "localhost .direct.invalid")
                .endpoint("https://aws.direct.invalid")
                .run();

        assertThat(output).contains("no such host, aws.direct.invalid");
        assertThat(account.endpoint().calls()).isEmpty();
    }

    @Test
    void networksOfTheLowerCaseVariableAreReachedWithoutAProxy() throws Exception {
        String output = user().with("HTTP_PROXY", "http://proxy.invalid:8080")
                .with("HTTPS_PROXY", "http://proxy.invalid:8080")
                .with("no_proxy", "10.0.0.0/8, 127.0.0.0/8")
                .with("NO_PROXY", "other.invalid")
                .endpoint(uri(account))
                .run();

        assertThat(output).endsWith("done\n");
    }

    private UserProcess user() {
        return new UserProcess(account.home());
    }

    private void assertOnlyInvocationsGoElsewhere() {
        assertThat(other.endpoint().counts().keySet()).isEqualTo(Set.of("InvokeWithResponseStream"));
        assertThat(account.endpoint().counts())
                .containsKey("CreateStack")
                .doesNotContainKey("InvokeWithResponseStream");
    }

    private static boolean hasPassword(HttpCall call) {
        return "Basic YWxpY2U6czNjcmV0".equals(call.headers().get("proxy-authorization"));
    }

    private static String uri(Account account) {
        return account.endpoint().uri().toString();
    }

    private static String authority(Account account) {
        return account.endpoint().uri().getAuthority();
    }
}
