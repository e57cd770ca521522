package io.github.lambdashell.target.local.endpoint;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.local.endpoint.sigv4.AuthenticationException;
import io.github.lambdashell.target.local.endpoint.sigv4.KeyPair;
import io.github.lambdashell.target.local.endpoint.sigv4.RequestHead;
import io.github.lambdashell.target.local.endpoint.sigv4.SignatureVerifier;
import io.github.lambdashell.target.local.endpoint.sigv4.VerifiedSignature;
import io.github.lambdashell.target.local.function.FunctionCatalog;
import io.github.lambdashell.target.local.sandbox.SandboxPool;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lambda's Invoke API on the loopback interface, for the AWS CLI and SDKs. Requests must be signed with a key pair that
 * is created with the endpoint. The endpoint and its key pair end with the process.
 */
public final class InvokeEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InvokeEndpoint.class);

    /** Lambda's limit of a request's payload, in bytes. */
    private static final int MAX_REQUEST_BYTES = 6 * 1024 * 1024;

    private static final int BUFFER_BYTES = 8 * 1024;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final KeyPair keys = KeyPair.random();
    private final SignatureVerifier verifier = new SignatureVerifier(keys::named, Clock.systemUTC());
    private final InvokeApi api;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private InvokeEndpoint(InvokeApi api) throws IOException {
        this.api = api;
        this.server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        start("lshell-endpoint", this::accept);
    }

    /**
     * Starts an endpoint.
     *
     * @throws ShellException if no port can be opened
     */
    public static InvokeEndpoint start(FunctionCatalog functions, SandboxPool sandboxes) {
        try {
            return new InvokeEndpoint(new InvokeApi(functions, sandboxes));
        } catch (IOException e) {
            throw new ShellException(
                    "The local target can't listen on 127.0.0.1: " + e.getMessage(),
                    "Allow this user to open ports on the loopback interface",
                    e);
        }
    }

    /** Returns the environment variables with which the AWS CLI or an SDK uses the endpoint. */
    public Map<String, String> clientEnvironment(String region) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getLocalPort());
        environment.put("AWS_ACCESS_KEY_ID", keys.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", keys.secretAccessKey());
        environment.put("AWS_REGION", region);
        // The name of the region's variable in boto3 and version 1 of the AWS CLI.
        environment.put("AWS_DEFAULT_REGION", region);
        return environment;
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                start("lshell-endpoint-" + connection.getPort(), () -> serve(connection));
            } catch (IOException e) {
                LOG.debug("the endpoint accepts no more connections", e);
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = connection.getInputStream();
            OutputStream out = connection.getOutputStream();
            SessionInputBufferImpl input = new SessionInputBufferImpl(BUFFER_BYTES);
            SessionOutputBufferImpl output = new SessionOutputBufferImpl(BUFFER_BYTES);
            DefaultHttpRequestParser parser = new DefaultHttpRequestParser(Http1Config.DEFAULT);
            SocketExchange exchange;
            do {
                ClassicHttpRequest request = parser.parse(input, in);
                if (request == null) {
                    return;
                }
                exchange = exchange(request, input, in, output, out);
                answer(exchange);
            } while (exchange.isReusable());
        } catch (IOException | HttpException | IllegalArgumentException e) {
            LOG.debug("a connection to the endpoint ended", e);
        } finally {
            connections.remove(connection);
        }
    }

    private static SocketExchange exchange(
            ClassicHttpRequest request,
            SessionInputBufferImpl input,
            InputStream in,
            SessionOutputBufferImpl output,
            OutputStream out)
            throws HttpException, IOException {
        long length = DefaultContentLengthStrategy.INSTANCE.determineLength(request);
        InputStream body = length == ContentLengthStrategy.CHUNKED
                ? new ChunkedInputStream(input, in)
                : new ContentLengthInputStream(input, in, Math.max(length, 0));
        Header expect = request.getFirstHeader(HttpHeaders.EXPECT);
        if (expect != null && "100-continue".equalsIgnoreCase(expect.getValue())) {
            out.write(CONTINUE);
            out.flush();
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : request.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue());
        }
        boolean keepAlive = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
                request, new BasicHttpResponse(204), HttpCoreContext.create());
        RequestHead head = RequestHead.of(request.getMethod(), request.getRequestUri(), headers);
        return new SocketExchange(head, body, output, out, keepAlive);
    }

    private void answer(SocketExchange exchange) throws IOException {
        String requestId = UUID.randomUUID().toString();
        try {
            byte[] body = exchange.readBody(MAX_REQUEST_BYTES);
            VerifiedSignature signature = verifier.verify(exchange.head(), () -> DigestUtils.sha256Hex(body));
            requireSigned(signature, body);
            if (!signature.service().equals("lambda")) {
                throw new AwsException(
                        400,
                        "UnknownService",
                        "The local endpoint has no service " + signature.service() + "; it has lambda");
            }
            api.handle(exchange);
        } catch (AuthenticationException e) {
            fail(exchange, JsonErrors.of(e), requestId);
        } catch (AwsException e) {
            fail(exchange, e, requestId);
        } catch (ShellException e) {
            fail(exchange, new AwsException(500, "ServiceException", e.getMessage()), requestId);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
            fail(exchange, new AwsException(500, "ServiceException", "The local endpoint failed: " + e), requestId);
        }
    }

    /**
     * Requires that the body has the hash that the request declares, because the signature covers only the declared
     * hash.
     */
    private static void requireSigned(VerifiedSignature signature, byte[] body) throws AuthenticationException {
        boolean isUnsigned = signature.payload().equals("UNSIGNED-PAYLOAD");
        if (!isUnsigned && !signature.payload().equals(DigestUtils.sha256Hex(body))) {
            throw AuthenticationException.bodyMismatch();
        }
    }

    private static void fail(SocketExchange exchange, AwsException error, String requestId) throws IOException {
        if (exchange.hasResponded()) {
            // The response stays without its end, so that the caller notices that it is incomplete.
            LOG.debug("{} {} failed after its response had begun", exchange.method(), exchange.path(), error);
            return;
        }
        JsonErrors.send(exchange, error, requestId);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't close the endpoint", e);
        } finally {
            api.close();
        }
    }
}
