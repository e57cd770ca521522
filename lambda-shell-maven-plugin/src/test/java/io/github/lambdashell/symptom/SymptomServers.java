package io.github.lambdashell.symptom;

import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

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
    private static final Map<String, Starter> ALL = Map.of("http", SymptomServers::http);

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
}
