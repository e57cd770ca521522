package io.github.lambdashell.target.local;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.SideChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;

/**
 * A side channel through a server on the loopback interface, with objects in memory. Its URLs can't be guessed, so only
 * commands that were given one can use it. The port is open before it is served, because sandboxes on a network of their own
 * have to know it.
 */
final class LocalSideChannel implements SideChannel, AutoCloseable {
    /** More than the largest part of a transfer. */
    private static final int MAX_OBJECT_BYTES = 64 << 20;

    private static final int BACKLOG = 50;

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final String folder = token() + "/";
    private final AtomicLong count = new AtomicLong();
    private final ServerSocket port;
    private HttpServer server;

    private LocalSideChannel() throws IOException {
        port = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /** @throws ShellException if no port can be opened */
    static LocalSideChannel open() {
        try {
            return new LocalSideChannel();
        } catch (IOException e) {
            throw new ShellException(
                    "The local target can't listen on 127.0.0.1: " + e.getMessage(),
                    "Allow this user to open ports on the loopback interface",
                    e);
        }
    }

    int port() {
        return port.getLocalPort();
    }

    /** Serves the port, if it is not served yet. */
    synchronized void start() {
        if (server != null) {
            return;
        }
        server = ServerBootstrap.bootstrap()
                .setCanonicalHostName("127.0.0.1")
                .setServerSocketFactory(new OpenPort(port))
                .setSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
                .register("*", (request, response, context) -> handle(request, response))
                .create();
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A factory of a socket that is open already. */
    private static final class OpenPort extends ServerSocketFactory {
        private final ServerSocket socket;

        OpenPort(ServerSocket socket) {
            this.socket = socket;
        }

        @Override
        public ServerSocket createServerSocket() {
            return socket;
        }

        @Override
        public ServerSocket createServerSocket(int port) {
            return socket;
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) {
            return socket;
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
            return socket;
        }
    }

    private static String token() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void handle(ClassicHttpRequest request, ClassicHttpResponse response) throws IOException {
        String key = request.getPath().substring(1);
        switch (request.getMethod()) {
            case "GET" -> {
                byte[] object = objects.get(key);
                response.setCode(object == null ? HttpStatus.SC_NOT_FOUND : HttpStatus.SC_OK);
                if (object != null) {
                    response.setEntity(new ByteArrayEntity(object, ContentType.APPLICATION_OCTET_STREAM));
                }
            }
            case "PUT" -> {
                byte[] object = EntityUtils.toByteArray(request.getEntity(), MAX_OBJECT_BYTES + 1);
                boolean accepted = key.startsWith(folder) && object != null && object.length <= MAX_OBJECT_BYTES;
                if (accepted) {
                    objects.put(key, object);
                }
                response.setCode(accepted ? HttpStatus.SC_OK : HttpStatus.SC_FORBIDDEN);
            }
            default -> response.setCode(HttpStatus.SC_METHOD_NOT_ALLOWED);
        }
    }

    @Override
    public String newKey() {
        return folder + count.incrementAndGet() + "-" + token();
    }

    @Override
    public URI urlToGet(String key) {
        return URI.create("http://127.0.0.1:" + port() + "/" + key);
    }

    @Override
    public URI urlToPut(String key) {
        return urlToGet(key);
    }

    @Override
    public void put(String key, byte[] bytes) {
        objects.put(key, bytes);
    }

    @Override
    public InputStream get(String key) {
        byte[] object = objects.get(key);
        if (object == null) {
            throw new ShellException("The command did not send the object " + key, "Try it again");
        }
        return new ByteArrayInputStream(object);
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(objects::remove);
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.close(CloseMode.IMMEDIATE);
        }
        try {
            port.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
