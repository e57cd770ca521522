package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.TargetConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.endpoint.DualstackEnabledProvider;
import software.amazon.awssdk.awscore.endpoint.FipsEnabledProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;

/** The settings that all clients share: endpoint, region and credentials. Not safe for use by several threads. */
final class ClientSettings implements AutoCloseable {
    private final TargetConfig target;
    private CredentialSource source;

    ClientSettings(TargetConfig target) {
        this.target = target;
    }

    /** Applies the settings to a client's builder. */
    <B extends AwsClientBuilder<B, C>, C> B apply(B builder) {
        builder.credentialsProvider(credentials());
        if (target.endpoint() != null) {
            // The SDK refuses an endpoint with FIPS or dual-stack, which may be set for all that this machine does.
            builder.endpointOverride(target.endpoint()).fipsEnabled(false).dualstackEnabled(false);
        }
        if (target.region() != null) {
            builder.region(Region.of(target.region()));
        }
        return builder;
    }

    /**
     * Returns whether clients use FIPS endpoints: by a system property, an environment variable or the profile, unless the
     * target has an endpoint of its own.
     */
    boolean usesFips() {
        return target.endpoint() == null
                && FipsEnabledProvider.builder()
                        .profileFile(ProfileFile::defaultProfileFile)
                        .profileName(profile())
                        .build()
                        .isFipsEnabled()
                        .orElse(false);
    }

    /** Returns whether clients use endpoints with IPv4 and IPv6, by the same settings. */
    boolean usesDualstack() {
        return target.endpoint() == null
                && DualstackEnabledProvider.builder()
                        .profileFile(ProfileFile::defaultProfileFile)
                        .profileName(profile())
                        .build()
                        .isDualstackEnabled()
                        .orElse(false);
    }

    private String profile() {
        return target.profile() != null
                ? target.profile()
                : ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
    }

    /** Returns the overrides of the SDK's defaults; each client adds its own. */
    ClientOverrideConfiguration.Builder overrides() {
        return ClientOverrideConfiguration.builder()
                .defaultProfileName(target.profile())
                .addExecutionInterceptor(new ForeignAnswerCheck());
    }

    AwsCredentialsProvider credentials() {
        return source().provider();
    }

    /** Returns the secret parts of the user's credentials. */
    Set<String> secrets() {
        return source().secrets();
    }

    /**
     * Returns the environment variables with which another process reaches the same endpoint and region, without
     * credentials.
     */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        if (target.endpoint() != null) {
            environment.put("AWS_ENDPOINT_URL", target.endpoint().toString());
        }
        if (target.profile() != null) {
            environment.put("AWS_PROFILE", target.profile());
        }
        if (usesFips()) {
            environment.put("AWS_USE_FIPS_ENDPOINT", "true");
        }
        if (usesDualstack()) {
            environment.put("AWS_USE_DUALSTACK_ENDPOINT", "true");
        }
        return environment;
    }

    private CredentialSource source() {
        if (source == null) {
            source = new CredentialSource(target.profile());
        }
        return source;
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
    }
}
