package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.TargetConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The SDK's clients for one target, each made when it is first asked for. Safe for use by several threads. */
public final class AwsClients implements AutoCloseable {
    private final TargetConfig target;
    private final HttpClients httpClients;
    private final ClientSettings settings;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private SdkHttpClient http;
    private CloudFormationClient cloudFormation;
    private S3Client s3;
    private S3Presigner presigner;
    private LambdaAsyncClient lambda;
    private LambdaClient functions;
    private CallerIdentity identity;

    public AwsClients(TargetConfig target) {
        this.target = target;
        this.httpClients = new HttpClients(target);
        this.settings = new ClientSettings(target);
        open.push(settings);
    }

    /** Where these clients lead. */
    public TargetConfig target() {
        return target;
    }

    /**
     * Returns the environment variables with which the AWS CLI or an SDK reaches what these clients reach; a person's
     * credentials are not among them.
     */
    public synchronized Map<String, String> environment() {
        Map<String, String> environment = settings.environment();
        String region = region();
        environment.put("AWS_REGION", region);
        // By this name boto3 and the first version of the AWS CLI know it.
        environment.put("AWS_DEFAULT_REGION", region);
        return environment;
    }

    /** How long to wait between two looks at a stack: AWS asks for patience, an endpoint on this machine doesn't. */
    public Duration pollInterval() {
        return isOnThisMachine() ? Duration.ofMillis(100) : Duration.ofSeconds(2);
    }

    /** Where stacks are, if that is not AWS itself: set here, in AWS_ENDPOINT_URL or in the profile. */
    public Optional<URI> endpoint() {
        return cloudFormation().serviceClientConfiguration().endpointOverride();
    }

    private boolean isOnThisMachine() {
        return endpoint()
                .map(URI::getHost)
                .filter(host -> host.matches("localhost(\\..+)?|.*\\.localhost|127\\..*|\\[::1]"))
                .isPresent();
    }

    /** The control plane of stacks; with the SDK's own retries. */
    public synchronized CloudFormationClient cloudFormation() {
        if (cloudFormation == null) {
            cloudFormation =
                    opened(() -> controlPlane(CloudFormationClient.builder()).build());
        }
        return cloudFormation;
    }

    /** The code bucket; with the SDK's own retries. */
    public synchronized S3Client s3() {
        if (s3 == null) {
            s3 = opened(() -> S3Clients.client(() -> controlPlane(S3Client.builder())));
        }
        return s3;
    }

    /** URLs that carry the right to one object of a bucket; signed here, without a request. */
    public synchronized S3Presigner presigner() {
        if (presigner == null) {
            S3ServiceClientConfiguration client = s3().serviceClientConfiguration();
            presigner = opened(() -> S3Clients.presigner(client, settings.credentials()));
        }
        return presigner;
    }

    /** Lambda's control plane; with the SDK's own retries. */
    public synchronized LambdaClient functions() {
        if (functions == null) {
            functions = opened(() -> controlPlane(LambdaClient.builder()).build());
        }
        return functions;
    }

    /** Invocations; without retries, for a command is sent once. */
    public synchronized LambdaAsyncClient lambda() {
        if (lambda == null) {
            // One thread passes the bytes of many invocations on. With more, the SDK's pool at times misses that a
            // connection was refused, and waits ten seconds for it.
            EventLoopGroup threads = new NioEventLoopGroup(1, new DefaultThreadFactory("lshell-lambda", true));
            open.push(() -> threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());
            SdkAsyncHttpClient asynchronous = httpClients.asynchronous(threads);
            open.push(asynchronous);
            lambda = opened(() -> settings.apply(LambdaAsyncClient.builder())
                    .httpClient(asynchronous)
                    .overrideConfiguration(settings.overrides()
                            .retryStrategy(AwsRetryStrategy.doNotRetry())
                            .build())
                    .build());
        }
        return lambda;
    }

    /** Who asks, by AWS's own answer. Asked for once. */
    public synchronized CallerIdentity identity() {
        if (identity == null) {
            identity = IdentityCheck.ask(
                    opened(() -> controlPlane(StsClient.builder()).build()));
        }
        return identity;
    }

    /** The region of these clients. */
    public String region() {
        return cloudFormation().serviceClientConfiguration().region().id();
    }

    /** What no output may show: the secret parts of the user's credentials. The local target has none. */
    public synchronized Set<String> secrets() {
        return settings.secrets();
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B controlPlane(B builder) {
        if (http == null) {
            http = httpClients.synchronous();
            open.push(http);
        }
        // The SDK repeats a call whose answer broke off in its headers, but not in its body.
        return settings.apply(builder)
                .httpClient(http)
                .overrideConfiguration(settings.overrides()
                        .retryStrategy(retries -> retries.retryOnException(NoAnswer::isUnreadable))
                        .build());
    }

    private <C extends SdkAutoCloseable> C opened(Supplier<C> builder) {
        try {
            C client = builder.get();
            open.push(client);
            return client;
        } catch (RuntimeException e) {
            throw AwsFailure.of(e, "reach " + target.name());
        }
    }

    /**
     * Closes what was opened, the last first.
     *
     * @throws ShellException when a client can't be closed
     */
    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new ShellException(
                        "Can't close the connection to " + target.name() + ": " + e.getMessage(),
                        "mvn -e shows the cause",
                        e);
            }
        }
    }
}
