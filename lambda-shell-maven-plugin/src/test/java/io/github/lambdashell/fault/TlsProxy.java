package io.github.lambdashell.fault;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A proxy on 127.0.0.1 that requires a password and opens tunnels to one host, {@value #HOST}. This host uses TLS with
 * a certificate of its own and responds like an endpoint.
 */
public final class TlsProxy implements AutoCloseable {
    /** Only this proxy leads to it; a host of this machine is asked for a stack's status without long pauses. */
    public static final String HOST = "aws.localhost";

    private static final String STORE_PASSWORD = "changeit";

    private final FaultyEndpoint endpoint;
    private final String login;
    private final Path store;
    private final SSLContext tls;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();

    /**
     * Starts a proxy.
     *
     * @param endpoint endpoint that receives the requests in the tunnels
     * @param login username, colon and password
     * @param directory directory for the key store that clients have to trust
     */
    public TlsProxy(FaultyEndpoint endpoint, String login, Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        this.endpoint = endpoint;
        this.login = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        this.store = directory.resolve("keys.p12");
        this.tls = context();
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Returns the options of a JVM that trusts the certificate; the store's password is not secret. */
    public List<String> trust() {
        return List.of("-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Returns the status of each response to a CONNECT request. */
    public List<Integer> answers() {
        return List.copyOf(answers);
    }

    private SSLContext context() throws IOException, InterruptedException, GeneralSecurityException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-alias",
                        "endpoint",
                        "-dname",
                        "CN=" + HOST,
                        "-ext",
                        "san=dns:" + HOST,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no key");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD.toCharArray());
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(managers.getKeyManagers(), null, null);
        return made;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            // Unbuffered, because the bytes after the head belong to TLS.
            InputStream in = client.getInputStream();
            String target = HttpCall.line(in);
            if (target == null) {
                return;
            }
            Map<String, String> headers = HttpCall.headers(in);
            int status = status(target, headers);
            answers.add(status);
            client.getOutputStream()
                    .write(("HTTP/1.1 " + status + " Answer\r\n"
                                    + (status == 407 ? "Proxy-Authenticate: Basic realm=\"proxy\"\r\n" : "")
                                    + (status == 200 ? "" : "Content-Length: 0\r\n") + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            if (status == 200) {
                tunnel(client);
            }
        } catch (IOException e) {
            // One of the two peers has closed its connection.
        } finally {
            sockets.remove(client);
        }
    }

    private int status(String target, Map<String, String> headers) {
        if (!login.equals(headers.get("proxy-authorization"))) {
            return 407;
        }
        return target.startsWith("CONNECT " + HOST + ":443 ") ? 200 : 403;
    }

    private void tunnel(Socket client) throws IOException {
        try (SSLSocket plain = (SSLSocket) tls.getSocketFactory().createSocket(client, HOST, 443, true);
                Socket service = new Socket(
                        InetAddress.getLoopbackAddress(), endpoint.uri().getPort())) {
            plain.setUseClientMode(false);
            sockets.add(service);
            threads.execute(() -> copy(service, plain));
            copy(plain, service);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (to) {
            InputStream in = new BufferedInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // One of the two peers has closed its connection.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
