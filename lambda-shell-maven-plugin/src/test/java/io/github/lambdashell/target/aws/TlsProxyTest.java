package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.TlsProxy;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From a user's process through a proxy with a password to an endpoint that speaks TLS. */
class TlsProxyTest {
    @RegisterExtension
    private final Account account = new Account();

    @TempDir
    private Path directory;

    private TlsProxy proxy;

    @BeforeEach
    void start() throws Exception {
        proxy = new TlsProxy(account.endpoint(), "alice:s3cret", directory);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    @Test
    void deploysAndInvokesThroughTunnels() throws Exception {
        String output = run("alice:s3cret@", TlsProxy.HOST);

        assertThat(output).endsWith("done\n");
        assertThat(proxy.answers()).isNotEmpty().containsOnly(200);
        assertThat(account.endpoint().counts()).containsKeys("CreateStack", "PutObject", "InvokeWithResponseStream");
        assertThat(account.aws().s3().versions("demo-bucket-abc123"))
                .singleElement()
                .satisfies(object -> assertThat(object.content()).startsWith('P', 'K', 3, 4));
    }

    @Test
    void aWrongPasswordIsReportedOnceAndInOneSentence() throws Exception {
        String output = run("alice:wrong@", TlsProxy.HOST);

        assertThat(output)
                .isEqualTo("Can't ask AWS who you are: the proxy 127.0.0.1:" + proxy.port()
                        + " rejects the password of alice (HTTP 407). Check username and password of the proxy in"
                        + " Maven's settings.xml, or in HTTPS_PROXY.\n");
        assertThat(proxy.answers()).containsExactly(407);
        assertThat(account.endpoint().calls()).isEmpty();
    }

    @Test
    void aMissingPasswordIsReportedInOneSentence() throws Exception {
        assertThat(run("", TlsProxy.HOST))
                .isEqualTo("Can't ask AWS who you are: the proxy 127.0.0.1:" + proxy.port()
                        + " wants a username and a password (HTTP 407). Check username and password of the proxy in"
                        + " Maven's settings.xml, or in HTTPS_PROXY.\n");
    }

    @Test
    void aHostThatTheProxyKeepsOutIsNamed() throws Exception {
        assertThat(run("alice:s3cret@", "elsewhere.invalid"))
                .isEqualTo("Can't ask AWS who you are: the proxy 127.0.0.1:" + proxy.port()
                        + " does not connect to elsewhere.invalid:443 (HTTP 403). Ask the proxy's operator to allow it,"
                        + " or exempt that host from the proxy.\n");
    }

    private String run(String login, String host) throws IOException, InterruptedException {
        UserProcess user = new UserProcess(account.home())
                .with("HTTPS_PROXY", "http://" + login + "127.0.0.1:" + proxy.port())
                .endpoint("https://" + host);
        proxy.trust().forEach(user::option);
        return user.run();
    }
}
