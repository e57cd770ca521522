package io.github.lambdashell.target.local.isolation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The ports of this machine's 127.0.0.1 that lead to TCP ports of one sandbox on a network of its own. There is none until
 * one is asked for, and all end with slirp4netns(1), which serves them. Thread-safe.
 *
 * @see <a href="https://github.com/rootless-containers/slirp4netns/blob/master/slirp4netns.1.md">slirp4netns, API</a>
 */
final class PortForwards {
    /** Another process may take the chosen port before slirp4netns does. */
    private static final int MAX_ATTEMPTS = 5;

    private final Path api;
    private final Map<Integer, Integer> ports = new HashMap<>();

    /** @param api the socket of slirp4netns's API, a short path because a socket's address has at most 107 bytes */
    PortForwards(Path api) {
        this.api = api;
    }

    /**
     * Returns the address that leads to a port of the sandbox.
     *
     * @throws IOException when it can't be opened
     */
    synchronized InetSocketAddress to(int port) throws IOException {
        Integer known = ports.get(port);
        for (int i = 1; known == null; i++) {
            int free = freePort();
            String answer = add(free, port);
            if (answer.contains("\"return\"")) {
                known = free;
                ports.put(port, known);
            } else if (i == MAX_ATTEMPTS) {
                throw new IOException("slirp4netns does not forward a port: " + answer);
            }
        }
        return Container.loopback(known);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(Container.loopback(0));
            return socket.getLocalPort();
        }
    }

    /** Returns slirp4netns's answer. */
    private String add(int hostPort, int port) throws IOException {
        String request = """
                {"execute":"add_hostfwd","arguments":{"proto":"tcp","host_addr":"127.0.0.1","host_port":%d,\
                "guest_addr":"%s","guest_port":%d}}""".formatted(hostPort, OwnNetwork.ADDRESS, port);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(api))) {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            channel.shutdownOutput();
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
