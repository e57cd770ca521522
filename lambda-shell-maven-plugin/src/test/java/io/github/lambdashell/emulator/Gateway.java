package io.github.lambdashell.emulator;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.emulator.http.HttpExchange;
import io.github.lambdashell.emulator.http.HttpServer;
import io.github.lambdashell.emulator.http.Service;
import io.github.lambdashell.emulator.payload.Payload;
import io.github.lambdashell.emulator.sts.RoleSession;
import io.github.lambdashell.emulator.sts.RoleSessions;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.sigv4.AuthenticationException;
import io.github.lambdashell.target.local.endpoint.sigv4.RequestHead;
import io.github.lambdashell.target.local.endpoint.sigv4.SignatureVerifier;
import io.github.lambdashell.target.local.endpoint.sigv4.VerifiedSignature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The endpoint's door: lets in what is signed with its key, and sends it to the service that the signature names. */
final class Gateway implements HttpServer.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** Lambda's limit for a request's payload; CloudFormation's is lower. S3's objects have none. */
    static final int LARGEST_REQUEST_BYTES = 6 * 1024 * 1024;

    private final SignatureVerifier verifier;
    private final Map<String, Lazy<? extends Service>> services;
    private final RoleSessions sessions;

    /**
     * @param services of the endpoint's user, by the name that stands in a signature's scope
     * @param sessions of functions, which have fewer
     */
    Gateway(SignatureVerifier verifier, Map<String, Lazy<? extends Service>> services, RoleSessions sessions) {
        this.verifier = verifier;
        this.services = services;
        this.sessions = sessions;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        ErrorForm form = ErrorForm.guess(exchange.head());
        try {
            serve(exchange);
        } catch (AuthenticationException e) {
            fail(exchange, form, form.of(e));
        } catch (AwsException e) {
            fail(exchange, form, e);
        } catch (ShellException e) {
            LOG.debug("{} {}", exchange.method(), exchange.path(), e);
            fail(exchange, form, new AwsException(500, "InternalFailure", e.getMessage()));
        } catch (RejectedExecutionException e) {
            throw new IOException("the endpoint is closing", e);
        } catch (RuntimeException | Error e) {
            LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
            fail(exchange, form, new AwsException(500, "InternalFailure", "The local endpoint failed: " + e));
        }
    }

    private void serve(HttpExchange exchange) throws AuthenticationException, IOException {
        RequestHead head = exchange.head();
        BufferedBody buffered = new BufferedBody(exchange.body());
        VerifiedSignature signature = verifier.verify(head, buffered::sha256);
        exchange.trust();
        Service service = service(signature, head);
        AwsException mismatch = ErrorForm.of(signature.service()).bodyMismatch();
        Payload payload = Payload.of(head, signature, buffered.stream(), mismatch);
        // An object is checked at its end, by who stores it. Elsewhere nothing may begin before all is known to be
        // right.
        InputStream body = signature.service().equals("s3")
                ? payload.stream()
                : new ByteArrayInputStream(BufferedBody.read(payload.stream()));
        service.handle(new AuthenticatedExchange(exchange, payload, body));
    }

    private Service service(VerifiedSignature signature, RequestHead head) {
        Optional<RoleSession> session = sessions.find(signature.accessKeyId());
        if (session.isPresent()) {
            String token = head.header("x-amz-security-token").orElse(null);
            return session.get().service(signature.service(), token);
        }
        Lazy<? extends Service> service = services.get(signature.service());
        if (service == null) {
            throw new AwsException(
                    400,
                    "UnknownService",
                    "The local endpoint has no service " + signature.service() + "; it has "
                            + String.join(", ", new TreeSet<>(services.keySet())));
        }
        return service.get();
    }

    private static void fail(HttpExchange exchange, ErrorForm form, AwsException error) throws IOException {
        if (exchange.hasResponded()) {
            // Left without its end, so that the peer sees that something went wrong.
            LOG.debug("{} {} failed after its answer had begun", exchange.method(), exchange.path(), error);
            return;
        }
        form.answer(exchange, error, exchange.requestId());
    }

    /** A body that may have to be read before its request can be trusted. */
    private static final class BufferedBody {
        private final InputStream raw;
        private byte[] content;

        BufferedBody(InputStream raw) {
            this.raw = raw;
        }

        String sha256() throws IOException {
            content = read(raw);
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        InputStream stream() {
            return content == null ? raw : new ByteArrayInputStream(content);
        }

        static byte[] read(InputStream stream) throws IOException {
            byte[] content = stream.readNBytes(LARGEST_REQUEST_BYTES + 1);
            if (content.length > LARGEST_REQUEST_BYTES) {
                throw new AwsException(
                        413,
                        "RequestTooLargeException",
                        "Request must be smaller than " + LARGEST_REQUEST_BYTES + " bytes");
            }
            return content;
        }
    }
}
