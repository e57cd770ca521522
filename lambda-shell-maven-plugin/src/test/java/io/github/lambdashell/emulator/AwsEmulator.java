package io.github.lambdashell.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.NetworkMode;
import io.github.lambdashell.emulator.cloudformation.CloudFormationService;
import io.github.lambdashell.emulator.cloudformation.resource.Place;
import io.github.lambdashell.emulator.cloudformation.resource.ResourceTypes;
import io.github.lambdashell.emulator.cloudformation.stack.Stacks;
import io.github.lambdashell.emulator.function.FunctionStore;
import io.github.lambdashell.emulator.s3.BucketStore;
import io.github.lambdashell.emulator.s3.ObjectStore;
import io.github.lambdashell.emulator.s3.S3Service;
import io.github.lambdashell.emulator.sts.RoleSession;
import io.github.lambdashell.emulator.sts.RoleSessions;
import io.github.lambdashell.emulator.sts.StsService;
import io.github.lambdashell.target.local.endpoint.AwsException;
import io.github.lambdashell.target.local.endpoint.sigv4.AuthenticationException;
import io.github.lambdashell.target.local.endpoint.sigv4.KeyPair;
import io.github.lambdashell.target.local.endpoint.sigv4.SignatureVerifier;
import io.github.lambdashell.target.local.endpoint.sigv4.VerifiedSignature;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An emulator of AWS on the loopback interface: CloudFormation, S3, STS and Lambda at one address, for one user whose
 * keys are created with it. Functions run in real sandboxes. It supports the calls of the plugin, and those of {@code
 * aws cloudformation deploy} with the template for Node.js.
 */
public final class AwsEmulator implements AutoCloseable {
    /** The account id. */
    public static final String ACCOUNT_ID = "000000000000";

    /** The ARN of the runtime's version that functions have. */
    public static final String RUNTIME_VERSION = "arn:aws:lambda:us-east-1::runtime:" + "8e".repeat(32);

    /** The functions reach this emulator on localhost. */
    private static final LocalConfig ON_HOST =
            new LocalConfig(IsolationMode.AUTO, NetworkMode.HOST, List.of(), null, List.of(), Map.of());

    private static final String REGION = "us-east-1";
    private static final Logger LOG = LoggerFactory.getLogger(AwsEmulator.class);

    static {
        // Otherwise each response waits for the acknowledgement of its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final KeyPair keys = KeyPair.random();
    private final RoleSessions sessions = new RoleSessions(ACCOUNT_ID);
    private final SignatureVerifier verifier = new SignatureVerifier(
            id -> keys.named(id).or(() -> sessions.find(id).map(RoleSession::keys)), Clock.systemUTC());
    private final StateDirectory state;
    private final Stacks stacks;
    private final Lambda lambda;
    private final Map<String, Service> services;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    private AwsEmulator(BiFunction<FunctionStore, RoleSessions, Lambda> newLambda, StateDirectory state) {
        this.state = state;
        FunctionStore functions = new FunctionStore(state);
        BucketStore buckets = new BucketStore(state);
        ObjectStore objects = new ObjectStore(buckets);
        Place place = new Place(REGION, ACCOUNT_ID);
        stacks = new Stacks(place, state, new ResourceTypes(place, state, functions, buckets, objects));
        lambda = newLambda.apply(functions, sessions);
        functions.onDelete(lambda::forget);
        services = Map.of(
                "cloudformation",
                CloudFormationService.create(stacks),
                "lambda",
                lambda,
                "s3",
                new S3Service(buckets, objects, REGION),
                "sts",
                StsService.create(ACCOUNT_ID));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        sessions.reach(uri());
    }

    /** Starts an emulator that stores everything in a directory, which is created if it does not exist. */
    public static AwsEmulator start(Path directory) {
        StateDirectory state = StateDirectory.open(directory);
        return new AwsEmulator(
                (functions, sessions) ->
                        new SandboxLambda(functions, state, new SandboxOptions(10, ON_HOST), sessions::environment),
                state);
    }

    /** Starts an emulator whose functions do not run. */
    static AwsEmulator withoutSandboxes(Path directory) {
        return new AwsEmulator((functions, sessions) -> new EchoLambda(), StateDirectory.open(directory));
    }

    private void handle(HttpExchange raw) throws IOException {
        try (raw) {
            JdkExchange exchange = new JdkExchange(raw);
            ErrorForm form = ErrorForm.guess(exchange.head());
            try {
                serve(exchange);
            } catch (AuthenticationException e) {
                fail(exchange, form, form.of(e));
            } catch (AwsException e) {
                fail(exchange, form, e);
            } catch (RuntimeException e) {
                LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
                fail(exchange, form, new AwsException(500, "InternalFailure", "The emulator failed: " + e));
            }
        }
    }

    private void serve(JdkExchange exchange) throws AuthenticationException, IOException {
        String hash = DigestUtils.sha256Hex(exchange.bytes());
        VerifiedSignature signature = verifier.verify(exchange.head(), () -> hash);
        if (!signature.payload().equals("UNSIGNED-PAYLOAD")
                && !signature.payload().equals(hash)) {
            throw ErrorForm.of(signature.service()).bodyMismatch();
        }
        Optional<RoleSession> session = sessions.find(signature.accessKeyId());
        Service service;
        if (session.isPresent()) {
            String token = exchange.header("x-amz-security-token").orElse(null);
            service = session.get().service(signature.service(), token);
        } else {
            service = services.get(signature.service());
        }
        if (service == null) {
            throw new AwsException(400, "UnknownService", "The emulator has no service " + signature.service());
        }
        service.handle(exchange);
    }

    private static void fail(JdkExchange exchange, ErrorForm form, AwsException error) throws IOException {
        if (!exchange.hasResponded()) {
            form.answer(exchange, error, exchange.requestId());
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public String accessKeyId() {
        return keys.accessKeyId();
    }

    public String secretAccessKey() {
        return keys.secretAccessKey();
    }

    /** Waits until operations on stacks have ended, and stops the functions. Stacks remain. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        stacks.close();
        try {
            lambda.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't end the functions", e);
        }
        state.close();
    }
}
