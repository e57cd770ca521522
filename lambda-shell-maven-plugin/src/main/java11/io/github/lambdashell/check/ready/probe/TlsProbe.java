package io.github.lambdashell.check.ready.probe;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A program that opens TLS connections with the settings of its JVM, as an HTTPS client does, and prints the outcome as
 * {@link JvmProbe} does.
 */
public final class TlsProbe {
    private static final Pattern NAME_MISMATCH = Pattern.compile("No (subject alternative|name matching).*");
    private static final Pattern REFUSED_PROTOCOL =
            Pattern.compile(".*(protocol_version|selected protocol version|No appropriate protocol).*");

    private final String host;
    private final int port;
    private final String server;
    private final Duration within;
    private final List<String> results = new ArrayList<>();
    private volatile String waitingFor = "the look-up of its name";

    private TlsProbe(String host, String port, String within) {
        this.host = host;
        this.port = Integer.parseInt(port);
        this.server = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        this.within = Duration.ofMillis(Long.parseLong(within));
    }

    /** @param args for each server a host, a port, and a number of milliseconds */
    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        for (int i = 0; i < args.length; i += 3) {
            new TlsProbe(args[i], args[i + 1], args[i + 2]).results().forEach(out::println);
        }
        // A connection that does not answer is still open.
        Runtime.getRuntime().halt(0);
    }

    private List<String> results() throws InterruptedException {
        Thread attempt = new Thread(this::check);
        attempt.setDaemon(true);
        attempt.start();
        attempt.join(within.toMillis());
        return attempt.isAlive()
                ? List.of("not ok - " + server + " does not answer within " + within.toMillis() + " ms: waiting for "
                        + waitingFor)
                : results;
    }

    private void failed(String reason) {
        results.add("not ok - " + server + " " + reason.replace('\n', ' '));
    }

    private void check() {
        try {
            SSLContext context = SSLContext.getDefault();
            InetAddress[] addresses = InetAddress.getAllByName(host);
            List<String> refused = new ArrayList<>();
            for (int i = 0; i < addresses.length; i++) {
                waitingFor = "a connection to " + text(addresses[i]);
                try (Socket socket = new Socket()) {
                    int millis = Math.max(1, (int) (within.toMillis() / addresses.length));
                    socket.connect(new InetSocketAddress(addresses[i], port), millis);
                    waitingFor = "the TLS handshake with " + text(addresses[i]);
                    handshake(context, socket, addresses, refused);
                    return;
                } catch (IOException e) {
                    refused.add(text(addresses[i]) + ": " + e.getMessage());
                }
            }
            failed("is not reachable: " + String.join(", ", refused) + preference());
        } catch (UnknownHostException e) {
            failed("has no address: the host " + host + " is not found" + preference());
        } catch (GeneralSecurityException e) {
            failed("can't be checked with the trust store " + trustStore() + ": " + root(e));
        }
    }

    private void handshake(SSLContext context, Socket connected, InetAddress[] addresses, List<String> refused) {
        String[] protocols = {};
        try (SSLSocket socket = wrap(context.getSocketFactory(), connected)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            protocols = socket.getEnabledProtocols();
            socket.startHandshake();
            succeeded(socket.getSession(), connected.getInetAddress(), addresses, refused);
        } catch (IOException e) {
            failed(reason(e, protocols, connected.getInetAddress()));
        }
    }

    private SSLSocket wrap(SSLSocketFactory factory, Socket connected) throws IOException {
        return (SSLSocket) factory.createSocket(connected, host, port, true);
    }

    private void succeeded(SSLSession session, InetAddress used, InetAddress[] addresses, List<String> refused)
            throws IOException {
        X509Certificate[] chain = Arrays.copyOf(
                session.getPeerCertificates(), session.getPeerCertificates().length, X509Certificate[].class);
        results.add("ok - " + server + " answers with " + session.getProtocol() + " and " + session.getCipherSuite()
                + ", certificate of " + subject(chain[0]) + " by " + chain[0].getIssuerX500Principal() + " until "
                + end(chain[0]) + ", address " + text(used)
                + (refused.isEmpty() ? "" : " after " + String.join(", ", refused)));
        results.add("protocol of " + server + " is " + session.getProtocol());
        X509Certificate first = Stream.of(chain)
                .min(Comparator.comparing(X509Certificate::getNotAfter))
                .orElseThrow();
        double days = Duration.between(Instant.now(), end(first)).toMinutes() / 1440.0;
        results.add(String.format(Locale.ROOT, "expiresIn of %s is %.2f d", server, Math.floor(days * 100) / 100));
        results.add("# the certificate of " + subject(first) + " ends on " + end(first));
        results.add("ip of " + server + " is " + (used instanceof Inet6Address ? "v6" : "v4"));
        results.add("# the JVM resolves " + host + " to "
                + Stream.of(addresses).map(TlsProbe::text).collect(Collectors.joining(", ")) + preference());
    }

    // Failures

    private String reason(IOException failure, String[] protocols, InetAddress address) {
        String message = root(failure);
        if (String.valueOf(failure.getMessage()).contains("Unsupported or unrecognized SSL message")) {
            return "answers without TLS: " + failure.getMessage();
        }
        if (REFUSED_PROTOCOL.matcher(message).matches()) {
            return "refuses the protocols of the JVM, " + String.join(" and ", protocols) + ": " + message;
        }
        List<X509Certificate> chain = chain(address);
        for (X509Certificate certificate : chain) {
            try {
                certificate.checkValidity();
            } catch (CertificateExpiredException e) {
                return "has an expired certificate: that of " + subject(certificate) + " ended on " + end(certificate);
            } catch (CertificateNotYetValidException e) {
                return "has a certificate that is not valid yet: that of " + subject(certificate) + " begins on "
                        + certificate.getNotBefore().toInstant();
            }
        }
        if (!chain.isEmpty() && NAME_MISMATCH.matcher(message).matches()) {
            return "has a certificate for another host: the names of " + subject(chain.get(0)) + " are "
                    + names(chain.get(0));
        }
        if (!chain.isEmpty() && (message.contains("certification path") || message.contains("trustAnchors"))) {
            return "is not trusted: the issuer " + chain.get(chain.size() - 1).getIssuerX500Principal()
                    + " is not in the trust store " + trustStore() + "; add its certificate to a copy of the trust"
                    + " store, and set -Djavax.net.ssl.trustStore in JAVA_TOOL_OPTIONS";
        }
        return "fails in the TLS handshake: " + message;
    }

    /** Returns the certificates that the server sends, whether they are trusted or not; empty if it sends none. */
    private List<X509Certificate> chain(InetAddress address) {
        List<X509Certificate> chain = new ArrayList<>();
        try (Socket connected = new Socket(address, port)) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Collector(chain)}, null);
            try (SSLSocket socket = wrap(context.getSocketFactory(), connected)) {
                socket.startHandshake();
            }
        } catch (IOException | GeneralSecurityException e) {
            // The first connection's failure is reported.
        }
        return chain;
    }

    private static String trustStore() {
        String configured = System.getProperty("javax.net.ssl.trustStore");
        if (configured != null) {
            return configured + (new File(configured).exists() ? size() : ", which does not exist");
        }
        String directory = System.getProperty("java.home") + "/lib/security/";
        String own = directory + "jssecacerts";
        return (new File(own).exists() ? own : directory + "cacerts") + size();
    }

    private static String size() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
            return " (" + manager.getAcceptedIssuers().length + " certificates)";
        } catch (GeneralSecurityException e) {
            return "";
        }
    }

    private static String preference() {
        return Stream.of("java.net.preferIPv4Stack", "java.net.preferIPv6Addresses")
                .filter(name -> System.getProperty(name) != null)
                .map(name -> "; " + name + " is " + System.getProperty(name))
                .collect(Collectors.joining());
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    // Texts

    private static String subject(X509Certificate certificate) {
        return String.valueOf(certificate.getSubjectX500Principal());
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private static String names(X509Certificate certificate) {
        try {
            if (certificate.getSubjectAlternativeNames() != null) {
                return certificate.getSubjectAlternativeNames().stream()
                        .map(name -> String.valueOf(name.get(1)))
                        .collect(Collectors.joining(", "));
            }
        } catch (GeneralSecurityException e) {
            return "unreadable: " + e.getMessage();
        }
        return "only those of its subject";
    }

    private static String text(InetAddress address) {
        // The longest form has zeros for what is usually left out.
        return address.getHostAddress().replaceFirst("%.*", "").replaceFirst("(^|:)(0(:|$)){2,}", "::");
    }

    /** Trusts every server, and collects its certificates. */
    private static final class Collector extends X509ExtendedTrustManager {
        private final List<X509Certificate> collected;

        Collector(List<X509Certificate> collected) {
            this.collected = collected;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            collected.addAll(List.of(chain));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            collected.addAll(List.of(chain));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            collected.addAll(List.of(chain));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
