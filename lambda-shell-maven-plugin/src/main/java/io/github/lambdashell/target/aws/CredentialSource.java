package io.github.lambdashell.target.aws;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.useragent.BusinessMetricFeatureId;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The user's credentials: those of the configured profile, as with the AWS CLI's {@code --profile}; otherwise those
 * that the SDK's default chain finds in the environment, a profile or a machine's role.
 */
final class CredentialSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialSource.class);

    private final AwsCredentialsProvider provider;
    private final AwsCredentials found;

    /**
     * Resolves the credentials.
     *
     * @param profile name of the profile; null for the default chain
     * @throws io.github.lambdashell.config.ShellException if there are no credentials
     */
    CredentialSource(String profile) {
        provider = profile == null
                ? DefaultCredentialsProvider.builder().build()
                : ProfileCredentialsProvider.create(profile);
        try {
            found = provider.resolveCredentials();
        } catch (RuntimeException e) {
            close();
            throw NoCredentials.failure(e, profile);
        }
        LOG.debug("AWS credentials come from {}", name());
    }

    AwsCredentialsProvider provider() {
        return provider;
    }

    /** Returns the links of the chain that led to the credentials, for example {@code profile sso, sso}. */
    String name() {
        return found.providerName()
                .map(ids ->
                        Stream.of(ids.split(",")).map(CredentialSource::words).collect(Collectors.joining(", ")))
                .orElse("a provider without a name");
    }

    /** Converts the short id of a provider, which the SDK puts into the user agent, to text. */
    private static String words(String id) {
        return Stream.of(BusinessMetricFeatureId.values())
                .filter(feature -> id.equals(feature.value()))
                .findFirst()
                .map(feature -> feature.name()
                        .replace("CREDENTIALS_", "")
                        .replace('_', ' ')
                        .toLowerCase(Locale.ROOT))
                .orElse(id);
    }

    /** Returns the secret parts of the credentials. */
    Set<String> secrets() {
        return found instanceof AwsSessionCredentials session
                ? Set.of(session.secretAccessKey(), session.sessionToken())
                : Set.of(found.secretAccessKey());
    }

    @Override
    public void close() {
        if (provider instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
