package io.github.lambdashell.emulator;

import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.emulator.cloudformation.CloudFormationService;
import io.github.lambdashell.emulator.cloudformation.resource.Place;
import io.github.lambdashell.emulator.cloudformation.resource.ResourceTypes;
import io.github.lambdashell.emulator.cloudformation.stack.Stacks;
import io.github.lambdashell.emulator.function.FunctionStore;
import io.github.lambdashell.emulator.http.HttpServer;
import io.github.lambdashell.emulator.http.Service;
import io.github.lambdashell.emulator.s3.BucketStore;
import io.github.lambdashell.emulator.s3.ObjectStore;
import io.github.lambdashell.emulator.s3.S3Service;
import io.github.lambdashell.emulator.sts.RoleSession;
import io.github.lambdashell.emulator.sts.RoleSessions;
import io.github.lambdashell.emulator.sts.StsService;
import io.github.lambdashell.target.local.endpoint.sigv4.KeyPair;
import io.github.lambdashell.target.local.endpoint.sigv4.SignatureVerifier;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * An emulator of AWS for tests: CloudFormation, S3, STS and Lambda on one address of 127.0.0.1, for one user whose keys
 * are created with the endpoint. Functions run in real sandboxes.
 */
public final class LocalEndpoint implements AutoCloseable {
    /** The account that everything here belongs to. */
    public static final String ACCOUNT_ID = "000000000000";

    private static final String DEFAULT_REGION = "us-east-1";

    private final KeyPair keys;
    private final String region;
    private final Lazy<Stacks> stacks;
    private final Lazy<Lambda> lambda;
    private final HttpServer server;

    private LocalEndpoint(KeyPair keys, String region, Lazy<Stacks> stacks, Lazy<Lambda> lambda, HttpServer server) {
        this.keys = keys;
        this.region = region;
        this.stacks = stacks;
        this.lambda = lambda;
        this.server = server;
    }

    /**
     * Starts an endpoint.
     *
     * @param stateDirectory what is deployed is kept here; made if it isn't there
     * @param region where everything is said to be, null for {@value #DEFAULT_REGION}
     * @param local how functions are run
     * @throws ShellException when the state directory can't be used, or no port is free
     */
    public static LocalEndpoint start(Path stateDirectory, String region, LocalConfig local) {
        return start(
                stateDirectory,
                region == null ? DEFAULT_REGION : region,
                new SandboxOptions(SandboxOptions.DEFAULT.concurrency(), local));
    }

    /** Starts an endpoint whose functions run as the options say. */
    public static LocalEndpoint start(Path stateDirectory, String region, SandboxOptions options) {
        RoleSessions sessions = new RoleSessions(ACCOUNT_ID);
        return start(
                stateDirectory,
                region,
                sessions,
                (functions, state) -> new SandboxLambda(functions, state, options, sessions::environment));
    }

    /**
     * Starts an endpoint with another Lambda.
     *
     * @param stateDirectory what is deployed is kept here; made if it isn't there
     * @param region where everything is said to be; requests for others are answered alike
     * @param lambda makes what runs functions; it is closed with the endpoint
     * @throws ShellException when the state directory can't be used, or no port is free
     */
    public static LocalEndpoint start(
            Path stateDirectory, String region, BiFunction<FunctionStore, StateDirectory, Lambda> lambda) {
        return start(stateDirectory, region, new RoleSessions(ACCOUNT_ID), lambda);
    }

    private static LocalEndpoint start(
            Path stateDirectory,
            String region,
            RoleSessions sessions,
            BiFunction<FunctionStore, StateDirectory, Lambda> lambda) {
        StateDirectory state = StateDirectory.open(stateDirectory);
        KeyPair keys = KeyPair.random();
        FunctionStore functions = new FunctionStore(state);
        BucketStore buckets = new BucketStore(state);
        ObjectStore objects = new ObjectStore(buckets);
        Lazy<Stacks> stacks = new Lazy<>(() -> {
            Place place = new Place(region, ACCOUNT_ID);
            return new Stacks(place, state, new ResourceTypes(place, state, functions, buckets, objects));
        });
        Lazy<Lambda> lambdaService = new Lazy<>(() -> {
            Lambda made = lambda.apply(functions, state);
            functions.onDelete(made::forget);
            return made;
        });
        // Each when it is first asked for: most builds need two of them, and none of them to start.
        Map<String, Lazy<? extends Service>> services = Map.of(
                "cloudformation", new Lazy<>(() -> CloudFormationService.create(stacks.get())),
                "lambda", lambdaService,
                "s3", new Lazy<>(() -> new S3Service(buckets, objects, region)),
                "sts", new Lazy<>(() -> StsService.create(ACCOUNT_ID)));
        SignatureVerifier verifier = new SignatureVerifier(
                id -> keys.named(id).or(() -> sessions.find(id).map(RoleSession::keys)), Clock.systemUTC());
        HttpServer server = listen(new Gateway(verifier, services, sessions));
        LocalEndpoint endpoint = new LocalEndpoint(keys, region, stacks, lambdaService, server);
        sessions.reach(endpoint.uri());
        return endpoint;
    }

    private static HttpServer listen(Gateway gateway) {
        try {
            return new HttpServer(gateway);
        } catch (IOException e) {
            throw new ShellException(
                    "The local endpoint can't listen on 127.0.0.1: " + e.getMessage(),
                    "Let this user open ports on the loopback interface",
                    e);
        }
    }

    /** Where it listens. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** The id of its user's key. Functions have others, with which they can ask who they are. */
    public String accessKeyId() {
        return keys.accessKeyId();
    }

    /** The secret of that key. Not to be logged, or put on a command line. */
    public String secretAccessKey() {
        return keys.secretAccessKey();
    }

    public String region() {
        return region;
    }

    /** How far functions are kept apart from this machine, for a person to read; empty before the first sandbox. */
    public Optional<String> isolation() {
        return lambda.made().flatMap(Lambda::isolation);
    }

    /** Stops listening, waits for the end of what is being done with stacks, and ends the functions. Stacks stay. */
    @Override
    public void close() {
        server.close();
        stacks.made().ifPresent(Stacks::close);
        lambda.made().ifPresent(service -> {
            try {
                service.close();
            } catch (IOException e) {
                throw new UncheckedIOException("the functions could not be ended", e);
            }
        });
    }
}
