package io.github.lambdashell.check.ready;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Violation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The check beside servers on loopback, whose certificates keytool makes. */
@EnabledOnOs(OS.LINUX)
class TlsTest {
    private static final String JAVA_HOME = System.getProperty("java.home");
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final List<ServerSocket> SERVERS = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    static Path directory;

    private static KeyStore keys;
    private static Path trustStore;

    @BeforeAll
    static void createCertificates() throws Exception {
        keytool("ca", "-ext", "bc:critical=ca:true", "-validity", "90");
        keytool("good", "-signer", "ca", "-ext", "san=dns:localhost,ip:127.0.0.1,ip:::1", "-validity", "30");
        keytool("expired", "-signer", "ca", "-ext", "san=ip:127.0.0.1", "-startdate", "-10d", "-validity", "5");
        keytool("other", "-signer", "ca", "-ext", "san=dns:db.example.com,dns:*.example.com", "-validity", "30");
        keys = KeyStore.getInstance(directory.resolve("keys.p12").toFile(), PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
        trustStore = directory.resolve("trust.p12");
        try (var out = Files.newOutputStream(trustStore)) {
            trusted.store(out, PASSWORD);
        }
    }

    private static void keytool(String alias, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(JAVA_HOME + "/bin/keytool", "-genkeypair", "-alias", alias));
        command.addAll(List.of("-keystore", directory.resolve("keys.p12").toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", "changeit", "-keyalg", "EC", "-dname", "CN=" + alias));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(output).isZero();
    }

    @AfterAll
    static void closeServers() throws IOException {
        for (ServerSocket server : SERVERS) {
            server.close();
        }
    }

    /** Starts a server with a certificate; returns its address. */
    private static String tls(String alias, String host, String... protocols) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        Certificate[] chain = keys.getCertificateChain(alias);
        own.setKeyEntry(alias, keys.getKey(alias, PASSWORD), PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        SSLServerSocket server =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
        if (protocols.length > 0) {
            server.setEnabledProtocols(protocols);
        }
        return start(server, host, socket -> ((SSLSocket) socket).startHandshake());
    }

    private interface Conversation {
        void with(Socket socket) throws IOException;
    }

    private static String start(ServerSocket server, String host, Conversation conversation) throws IOException {
        SERVERS.add(server);
        server.bind(new InetSocketAddress(host, 0));
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    conversation.with(socket);
                } catch (IOException e) {
                    // The client has refused the certificate, or the test has ended.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getLocalPort();
    }

    private static CheckResult check(String servers, String options) {
        return Checks.run("""
                - tls: %s
                  environmentVariables:
                    PATH: '%s/bin:%s'
                    JAVA_TOOL_OPTIONS: '%s'
                """.formatted(servers, JAVA_HOME, System.getenv("PATH"), options))
                .get(0);
    }

    private static String trusting() {
        return "-Djavax.net.ssl.trustStore=" + trustStore + " -Djavax.net.ssl.trustStorePassword=changeit";
    }

    private static List<String> violations(CheckResult result) {
        return result.violations().stream().map(Violation::text).toList();
    }

    @Test
    void aTrustedServerPassesWithItsFactsInTheOutput() throws Exception {
        String server = tls("good", "127.0.0.1");

        CheckResult result = check(
                "['%s', {address: '%s', protocol: {ge: TLSv1.2}, expiresIn: {ge: 14d, lt: 31d}, ip: v4, within: 20s}]"
                        .formatted(server, server.replace("127.0.0.1", "localhost")),
                trusting() + " -Djava.net.preferIPv4Stack=true");

        assertThat(result.status()).as("%s", result.violations()).isEqualTo(Status.PASSED);
        assertThat(result.check().name()).isEqualTo("tls " + server + ", " + server.replace("127.0.0.1", "localhost"));
        assertThat(result.run().orElseThrow().stdout().head())
                .containsPattern(
                        "(?m)^ok - " + server + " answers with TLSv1\\.3 and TLS_\\w+, certificate of CN=good by"
                                + " CN=ca until \\d{4}-\\d\\d-\\d\\dT[\\d:]+Z, address 127\\.0\\.0\\.1$")
                .containsPattern("(?m)^expiresIn of localhost:\\d+ is 29\\.99 d$");
    }

    @Test
    void whatIsWrongWithAServerIsReportedByName() throws Exception {
        String expired = tls("expired", "127.0.0.1");
        String other = tls("other", "127.0.0.1");
        String plain = start(new ServerSocket(), "127.0.0.1", socket -> {
            socket.getInputStream().read();
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
        });
        String silent = start(new ServerSocket(), "127.0.0.1", socket -> socket.getInputStream()
                .transferTo(OutputStream.nullOutputStream()));
        String closed;
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            closed = "127.0.0.1:" + server.getLocalPort();
        }

        List<String> violations = violations(check(
                "['%s', '%s', '%s', {address: '%s', within: 500ms}, '%s', 'nobody.invalid:443']"
                        .formatted(expired, other, plain, silent, closed),
                trusting()));

        assertThat(violations).hasSize(6);
        assertThat(violations.get(0))
                .matches(expired
                        + " has an expired certificate: that of CN=expired ended on \\d{4}-\\d\\d-\\d\\dT[\\d:]+Z");
        assertThat(violations.get(1))
                .isEqualTo(other + " has a certificate for another host: the names of CN=other are db.example.com,"
                        + " *.example.com");
        assertThat(violations.get(2))
                .isEqualTo(plain + " answers without TLS: Unsupported or unrecognized SSL message");
        assertThat(violations.get(3))
                .isEqualTo(silent + " does not answer within 500 ms: waiting for the TLS handshake with 127.0.0.1");
        assertThat(violations.get(4)).isEqualTo(closed + " is not reachable: 127.0.0.1: Connection refused");
        assertThat(violations.get(5)).startsWith("nobody.invalid:443 ");
    }

    /** Source: aws-lambda-base-images#123, where the certificates of RDS are missing. */
    @Test
    void anIssuerThatIsNotInTheTrustStoreIsReportedWithTheTrustStore() throws Exception {
        String server = tls("good", "127.0.0.1");

        assertThat(violations(check("'" + server + "'", "-Dunused=1")))
                .singleElement()
                .asString()
                .matches(server + " is not trusted: the issuer CN=ca is not in the trust store " + JAVA_HOME
                        + "/lib/security/(jsse)?cacerts \\(\\d+ certificates\\); add its certificate to a copy of the trust"
                        + " store, and set -Djavax.net.ssl.trustStore in JAVA_TOOL_OPTIONS");
        assertThat(violations(check("'" + server + "'", "-Djavax.net.ssl.trustStore=/var/task/missing.p12")))
                .singleElement()
                .asString()
                .contains(" trust store /var/task/missing.p12, which does not exist");
        assertThat(violations(check("'" + server + "'", trusting()))).isEmpty();
    }

    @Test
    void aProtocolACertificateAndAnAddressThatAreNotExpectedAreReported() throws Exception {
        String server = tls("good", "127.0.0.1", "TLSv1.2");

        List<String> violations = violations(check(
                "{address: '%s', protocol: {ge: TLSv1.3}, expiresIn: {ge: 60d}, ip: v6}".formatted(server),
                trusting()));

        assertThat(violations).hasSize(3);
        assertThat(violations.get(0))
                .isEqualTo("protocol of " + server + " is \"TLSv1.2\", but expected at least TLSv1.3");
        assertThat(violations.get(1))
                .startsWith("expiresIn of " + server
                        + " is 29.99 d, but expected at least 60 d; the certificate of CN=good" + " ends on ");
        assertThat(violations.get(2))
                .isEqualTo(
                        "ip of " + server + " is \"v4\", but expected \"v6\"; the JVM resolves 127.0.0.1 to 127.0.0.1");
    }

    @Test
    void aServerThatRefusesTheProtocolsOfTheJvmIsReported() throws Exception {
        String server = tls("good", "127.0.0.1", "TLSv1.2");

        assertThat(violations(check("'" + server + "'", trusting() + " -Djdk.tls.client.protocols=TLSv1.3")))
                .singleElement()
                .asString()
                .startsWith(server + " refuses the protocols of the JVM, TLSv1.3: ");
    }

    /** Source: quarkus#49688, where an option makes IPv6 unusable. */
    @Test
    void aJvmThatDoesNotUseIpv6IsReported() throws Exception {
        boolean hasIpv6 = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address.getHostAddress().startsWith("0:0:0:0:0:0:0:1"));
        assumeThat(hasIpv6).isTrue();
        String server = tls("good", "::1");
        String check = "{address: '" + server + "', ip: v6}";

        assertThat(violations(check(check, trusting()))).isEmpty();
        assertThat(violations(check(check, trusting() + " -Djava.net.preferIPv4Stack=true")))
                .singleElement()
                .asString()
                .startsWith(server + " ")
                .endsWith("; java.net.preferIPv4Stack is true");
    }

    @Test
    void withoutJavaItCanNotBeChecked() {
        assertThat(Checks.violations("- {tls: 'localhost:1', environmentVariables: {PATH: /nowhere}}"))
                .containsExactly("tls could not be checked: java is not found, so no TLS connection can be checked");
    }
}
