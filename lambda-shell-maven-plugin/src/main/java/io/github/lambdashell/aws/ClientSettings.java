package io.github.lambdashell.aws;

import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.local.LocalEndpoint;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;

/**
 * What all clients of one target share: where it is, and who asks. The local target differs here, in its endpoint and
 * its credentials, and nowhere else. Each is found when it is first asked for; not for use by several threads.
 */
final class ClientSettings implements AutoCloseable {
    private final TargetConfig target;
    private LocalEndpoint localEndpoint;
    private CredentialSource source;

    ClientSettings(TargetConfig target) {
        this.target = target;
    }

    /** Sets a client up, as far as clients are alike. */
    <B extends AwsClientBuilder<B, C>, C> B apply(B builder) {
        builder.credentialsProvider(credentials());
        endpoint().ifPresent(builder::endpointOverride);
        if (target.isLocal()) {
            builder.region(Region.of(local().region()));
        } else if (target.region() != null) {
            builder.region(Region.of(target.region()));
        }
        return builder;
    }

    /** What is set over the SDK's defaults, for each client to add to. */
    ClientOverrideConfiguration.Builder overrides() {
        return ClientOverrideConfiguration.builder()
                .defaultProfileName(target.profile())
                .addExecutionInterceptor(new ForeignAnswerCheck());
    }

    AwsCredentialsProvider credentials() {
        return target.isLocal()
                ? StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(local().accessKeyId(), local().secretAccessKey()))
                : source().provider();
    }

    /** What no output may show; the local target has none of the user's. */
    Set<String> secrets() {
        return target.isLocal() ? Set.of() : source().secrets();
    }

    /** What another process needs to know, without a person's credentials. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        endpoint().ifPresent(uri -> environment.put("AWS_ENDPOINT_URL", uri.toString()));
        if (target.isLocal()) {
            environment.put("AWS_ACCESS_KEY_ID", local().accessKeyId());
            environment.put("AWS_SECRET_ACCESS_KEY", local().secretAccessKey());
        } else if (target.profile() != null) {
            environment.put("AWS_PROFILE", target.profile());
        }
        return environment;
    }

    /** How far the local target keeps functions apart; empty as long as it has not been used, and for AWS. */
    Optional<String> isolation() {
        return Optional.ofNullable(localEndpoint).flatMap(LocalEndpoint::isolation);
    }

    /**
     * @throws io.github.lambdashell.config.ShellException when the local target can't run it; AWS is not asked
     */
    void requireRuntime(String runtime, String architecture) {
        if (target.isLocal()) {
            local().requireRuntime(runtime, architecture);
        }
    }

    /**
     * @throws io.github.lambdashell.config.ShellException when what stands for one of them locally can't be read
     */
    void requireLayers(List<String> arns) {
        if (target.isLocal() && !arns.isEmpty()) {
            local().requireLayers(arns);
        }
    }

    private Optional<URI> endpoint() {
        return target.isLocal() ? Optional.of(local().uri()) : Optional.ofNullable(target.endpoint());
    }

    private CredentialSource source() {
        if (source == null) {
            source = new CredentialSource(target.profile());
        }
        return source;
    }

    private LocalEndpoint local() {
        if (localEndpoint == null) {
            localEndpoint = LocalEndpoint.start(target.localState(), target.region(), target.local());
        }
        return localEndpoint;
    }

    @Override
    public void close() {
        if (localEndpoint != null) {
            localEndpoint.close();
        }
        if (source != null) {
            source.close();
        }
    }
}
