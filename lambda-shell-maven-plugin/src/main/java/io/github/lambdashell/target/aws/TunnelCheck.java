package io.github.lambdashell.target.aws;

import io.github.lambdashell.target.aws.Proxies.Proxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * A check that a proxy opens tunnels. Requests one for each host once, before the SDK does: the SDK's client does not
 * report the proxy's response, and logs a stack trace for each attempt. Safe for use by several threads.
 */
final class TunnelCheck {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)(?: .*)?");

    private final Proxy proxy;
    private final Set<String> good = ConcurrentHashMap.newKeySet();

    TunnelCheck(Proxy proxy) {
        this.proxy = proxy;
    }

    /**
     * Requires that the proxy opens a tunnel to a host; returns immediately if it did so before.
     *
     * @throws SdkClientException if the proxy refuses, caused by a {@link ProxyRefusedException}
     * @throws IOException if the proxy can't be reached or fails itself, which may be temporary
     */
    void require(String host, int port) throws IOException {
        String there = host + ":" + port;
        if (!good.contains(there)) {
            int status = ask(there);
            if (status >= 300) {
                throw refusal(status, there);
            }
            good.add(there);
        }
    }

    private int ask(String there) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(proxy.host(), proxy.port()), (int) CONNECT_TIMEOUT.toMillis());
            socket.setSoTimeout((int) ANSWER_TIMEOUT.toMillis());
            String request = "CONNECT " + there + " HTTP/1.1\r\nHost: " + there + "\r\n" + authorization() + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String line = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            Matcher status = STATUS_LINE.matcher(String.valueOf(line));
            if (!status.matches()) {
                throw new IOException("the proxy " + proxy.address() + " does not answer as a proxy does");
            }
            return Integer.parseInt(status.group(1));
        }
    }

    private String authorization() {
        if (proxy.username() == null) {
            return "";
        }
        String login = proxy.username() + ":" + (proxy.password() == null ? "" : proxy.password());
        return "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)) + "\r\n";
    }

    private SdkClientException refusal(int status, String there) throws IOException {
        if (status >= 500) {
            throw new IOException(
                    "the proxy " + proxy.address() + " could not reach " + there + " (HTTP " + status + ")");
        }
        ProxyRefusedException refused = status == 407
                ? new ProxyRefusedException(
                        "the proxy " + proxy.address()
                                + (proxy.username() == null
                                        ? " wants a username and a password"
                                        : " rejects the password of " + proxy.username())
                                + " (HTTP 407)",
                        "Check username and password of the proxy in Maven's settings.xml, or in HTTPS_PROXY")
                : new ProxyRefusedException(
                        "the proxy " + proxy.address() + " does not connect to " + there + " (HTTP " + status + ")",
                        "Ask the proxy's operator to allow it, or exempt that host from the proxy");
        return SdkClientException.create(refused.getMessage(), refused);
    }
}
