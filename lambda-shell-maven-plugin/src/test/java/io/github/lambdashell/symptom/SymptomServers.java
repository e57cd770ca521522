package io.github.lambdashell.symptom;

import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Servers on this machine's loopback address, for symptoms of connections. */
final class SymptomServers {
    /** A started server. */
    interface Server extends Closeable {
        int port();
    }

    private interface Starter {
        Server start() throws IOException;
    }

    /** The servers by the names that symptoms use. */
    private static final Map<String, Starter> ALL = Map.of(
            "http", SymptomServers::http,
            "tls", () -> tls("127.0.0.1"),
            "tls-v6", () -> tls("::1"));

    private SymptomServers() {}

    /**
     * Starts a server.
     *
     * @param name null for none, which has the port 0
     */
    static Server start(String name) throws IOException {
        if (name == null) {
            return server(0, () -> {});
        }
        Starter starter = ALL.get(name);
        if (starter == null) {
            throw new IllegalArgumentException("no server '" + name + "', only " + ALL.keySet());
        }
        return starter.start();
    }

    private static Server server(int port, Closeable end) {
        return new Server() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public void close() throws IOException {
                end.close();
            }
        };
    }

    /** An HTTP server that has an empty answer to everything. */
    private static Server http() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        http.start();
        return server(http.getAddress().getPort(), () -> http.stop(0));
    }

    /** A TLS server whose certificate no authority has issued; those of the symptoms have it in a trust store. */
    private static Server tls(String host) throws IOException {
        char[] password = "changeit".toCharArray();
        SSLServerSocket server;
        try (InputStream in = SymptomServers.class.getResourceAsStream("server.p12")) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            server = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName(host));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (SSLSocket socket = (SSLSocket) server.accept()) {
                    socket.startHandshake();
                } catch (IOException e) {
                    // The client does not trust the server, or the test has ended.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server(server.getLocalPort(), server);
    }
}
