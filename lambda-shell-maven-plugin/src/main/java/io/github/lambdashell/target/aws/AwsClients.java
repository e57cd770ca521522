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
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The SDK's clients for one target, each created when it is first needed. Safe for use by several threads. */
public final class AwsClients implements AutoCloseable {
    private final TargetConfig target;
    private final HttpClients httpClients;
    private final ClientSettings settings;
    private final ExpressMode expressMode;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private SdkHttpClient http;
    private CloudFormationClient cloudFormation;
    private S3Client s3;
    private S3Presigner presigner;
    private LambdaAsyncClient lambda;
    private LambdaClient functions;
    private CloudWatchLogsClient logs;
    private CallerIdentity identity;

    public AwsClients(TargetConfig target) {
        this.target = target;
        this.httpClients = new HttpClients(target);
        this.settings = new ClientSettings(target);
        this.expressMode = new ExpressMode(target.deploymentMode());
        open.push(settings);
    }

    /** Returns the target of these clients. */
    public TargetConfig target() {
        return target;
    }

    /**
     * Returns the environment variables with which the AWS CLI or an SDK reaches the target of these clients. The
     * user's credentials are not among them.
     */
    public synchronized Map<String, String> environment() {
        Map<String, String> environment = settings.environment();
        String region = region();
        environment.put("AWS_REGION", region);
        // The name of the region's variable in boto3 and version 1 of the AWS CLI.
        environment.put("AWS_DEFAULT_REGION", region);
        return environment;
    }

    /**
     * Returns the time between two requests for a stack's status. It is longer for AWS, which limits their rate, than
     * for an endpoint on this machine.
     */
    public Duration pollInterval() {
        return isOnThisMachine() ? Duration.ofMillis(25) : Duration.ofSeconds(2);
    }

    /**
     * Returns the configured endpoint, from the plugin's parameter, AWS_ENDPOINT_URL or the profile; empty for AWS
     * itself.
     */
    public Optional<URI> endpoint() {
        return cloudFormation().serviceClientConfiguration().endpointOverride();
    }

    private boolean isOnThisMachine() {
        return endpoint()
                .map(URI::getHost)
                .filter(host -> host.matches("localhost(\\..+)?|.*\\.localhost|127\\..*|\\[::1]"))
                .isPresent();
    }

    /** Returns the client for stacks, with the SDK's retries. */
    public synchronized CloudFormationClient cloudFormation() {
        if (cloudFormation == null) {
            cloudFormation =
                    opened(() -> controlPlane(CloudFormationClient.builder()).build());
        }
        return cloudFormation;
    }

    /** Returns the express mode of requests for stacks. */
    ExpressMode expressMode() {
        return expressMode;
    }

    /** Returns the client for buckets, with the SDK's retries. */
    public synchronized S3Client s3() {
        if (s3 == null) {
            s3 = opened(() -> S3Clients.client(() -> controlPlane(S3Client.builder())));
        }
        return s3;
    }

    /** Returns the presigner of URLs that give access to one object of a bucket; it sends no request. */
    public synchronized S3Presigner presigner() {
        if (presigner == null) {
            S3ServiceClientConfiguration client = s3().serviceClientConfiguration();
            presigner = opened(() -> S3Clients.presigner(client, settings));
        }
        return presigner;
    }

    /** Returns the client for Lambda's control plane, with the SDK's retries. */
    public synchronized LambdaClient functions() {
        if (functions == null) {
            functions = opened(() -> controlPlane(LambdaClient.builder()).build());
        }
        return functions;
    }

    /** Returns the client for the logs of functions, with the SDK's retries. */
    public synchronized CloudWatchLogsClient logs() {
        if (logs == null) {
            logs = opened(() -> controlPlane(CloudWatchLogsClient.builder()).build());
        }
        return logs;
    }

    /** Returns the client for invocations, without retries, because a command is sent once. */
    public synchronized LambdaAsyncClient lambda() {
        if (lambda == null) {
            // One thread is enough for the bytes of many invocations. With more, the SDK's pool sometimes misses that
            // a connection was refused, and waits ten seconds for it.
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

    /** Returns the caller's identity, which is requested from AWS once. */
    public synchronized CallerIdentity identity() {
        if (identity == null) {
            identity = IdentityCheck.ask(
                    opened(() -> controlPlane(StsClient.builder()).build()));
        }
        return identity;
    }

    /** Returns the region of these clients. */
    public String region() {
        return cloudFormation().serviceClientConfiguration().region().id();
    }

    /** Returns the secret parts of the user's credentials, which no output may contain. */
    public synchronized Set<String> secrets() {
        return settings.secrets();
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B controlPlane(B builder) {
        if (http == null) {
            http = httpClients.synchronous();
            open.push(http);
        }
        // The SDK repeats a request whose response broke off in its headers, but not in its body.
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
     * Closes the clients, the last one first.
     *
     * @throws ShellException if a client can't be closed
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
