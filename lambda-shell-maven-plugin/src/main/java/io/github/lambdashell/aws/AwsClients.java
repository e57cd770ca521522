package io.github.lambdashell.aws;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.local.LocalEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK's clients for one target, each made when it is first asked for. The local target differs in its endpoint and
 * its credentials, and in nothing else. Safe for use by several threads.
 */
public final class AwsClients implements AutoCloseable {
    /** Lambda's longest timeout is 15 minutes; an answer that is later than that will not come. */
    private static final Duration INVOKE_READ_TIMEOUT = Duration.ofMinutes(16);

    private final TargetConfig target;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private LocalEndpoint localEndpoint;
    private SdkHttpClient http;
    private AwsCredentialsProvider credentials;
    private CloudFormationClient cloudFormation;
    private S3Client s3;
    private S3Presigner presigner;
    private LambdaAsyncClient lambda;

    public AwsClients(TargetConfig target) {
        this.target = target;
    }

    /** Where these clients lead. */
    public TargetConfig target() {
        return target;
    }

    /**
     * The environment variables with which the AWS CLI or any SDK reaches what these clients reach. Credentials are
     * among them for the local endpoint, whose own end with it; never a person's.
     */
    public synchronized Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        endpoint().ifPresent(uri -> environment.put("AWS_ENDPOINT_URL", uri.toString()));
        environment.put("AWS_REGION", s3().serviceClientConfiguration().region().id());
        if (target.isLocal()) {
            environment.put("AWS_ACCESS_KEY_ID", local().accessKeyId());
            environment.put("AWS_SECRET_ACCESS_KEY", local().secretAccessKey());
        } else if (target.profile() != null) {
            environment.put("AWS_PROFILE", target.profile());
        }
        return environment;
    }

    /** How long to wait between two looks at a stack's events: AWS asks for patience, this machine doesn't. */
    public Duration pollInterval() {
        return target.isLocal() ? Duration.ofMillis(10) : Duration.ofSeconds(2);
    }

    /** The control plane of stacks; with the SDK's own retries. */
    public synchronized CloudFormationClient cloudFormation() {
        if (cloudFormation == null) {
            cloudFormation =
                    opened(() -> withHttp(CloudFormationClient.builder()).build());
        }
        return cloudFormation;
    }

    /** The code bucket; with the SDK's own retries. */
    public synchronized S3Client s3() {
        if (s3 == null) {
            s3 = opened(() -> withHttp(S3Client.builder())
                    // An emulator's host name rarely resolves with a bucket's name in front.
                    .forcePathStyle(endpoint().isPresent())
                    .serviceConfiguration(S3Configuration.builder()
                            .chunkedEncodingEnabled(endpoint().isEmpty())
                            .build())
                    .build());
        }
        return s3;
    }

    /** URLs that carry the right to one object of a bucket; signed here, without a request. */
    public synchronized S3Presigner presigner() {
        if (presigner == null) {
            Region region = s3().serviceClientConfiguration().region();
            presigner = opened(() -> {
                S3Presigner.Builder builder = S3Presigner.builder()
                        .credentialsProvider(credentials())
                        .region(region)
                        .serviceConfiguration(S3Configuration.builder()
                                .pathStyleAccessEnabled(endpoint().isPresent())
                                .build());
                endpoint().ifPresent(builder::endpointOverride);
                return builder.build();
            });
        }
        return presigner;
    }

    /** Invocations; without retries, for a command is sent once. */
    public synchronized LambdaAsyncClient lambda() {
        if (lambda == null) {
            lambda = opened(() -> configured(LambdaAsyncClient.builder())
                    .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                            .readTimeout(INVOKE_READ_TIMEOUT)
                            .tcpKeepAlive(true))
                    .overrideConfiguration(override()
                            .retryStrategy(AwsRetryStrategy.doNotRetry())
                            .build())
                    .build());
        }
        return lambda;
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B withHttp(B builder) {
        if (http == null) {
            http = UrlConnectionHttpClient.create();
            open.push(http);
        }
        return configured(builder).httpClient(http);
    }

    private <B extends AwsClientBuilder<B, C>, C> B configured(B builder) {
        builder.credentialsProvider(credentials());
        endpoint().ifPresent(builder::endpointOverride);
        builder.overrideConfiguration(override().build());
        if (target.isLocal()) {
            builder.region(Region.of(local().region()));
        } else if (target.region() != null) {
            builder.region(Region.of(target.region()));
        }
        return builder;
    }

    private ClientOverrideConfiguration.Builder override() {
        return ClientOverrideConfiguration.builder().defaultProfileName(target.profile());
    }

    private Optional<URI> endpoint() {
        return target.isLocal() ? Optional.of(local().uri()) : Optional.ofNullable(target.endpoint());
    }

    private AwsCredentialsProvider credentials() {
        if (credentials == null) {
            credentials = target.isLocal()
                    ? StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(local().accessKeyId(), local().secretAccessKey()))
                    : chain();
        }
        return credentials;
    }

    private AwsCredentialsProvider chain() {
        DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder()
                .profileName(target.profile())
                .build();
        open.push(chain);
        return chain;
    }

    private LocalEndpoint local() {
        if (localEndpoint == null) {
            localEndpoint = LocalEndpoint.start(target.localState(), target.region());
            open.push(localEndpoint);
        }
        return localEndpoint;
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
     * @throws ShellException when a local sandbox could not be ended
     */
    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new ShellException(
                        "Can't close the connection to " + target.name() + ": " + e.getMessage(),
                        "See the cause with mvn -e",
                        e);
            }
        }
    }
}
