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
 * The user's credentials: of the profile that was named, as with the AWS CLI's own {@code --profile}; else those that
 * the SDK's chain finds in the environment, the profile, a machine's role.
 */
final class CredentialSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialSource.class);

    private final AwsCredentialsProvider provider;
    private final AwsCredentials found;

    /**
     * Finds them.
     *
     * @param profile null for the chain
     * @throws io.github.lambdashell.config.ShellException when there are none
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

    /** Which links of the chain led to the credentials, for example {@code profile sso, sso}. */
    String name() {
        return found.providerName()
                .map(ids ->
                        Stream.of(ids.split(",")).map(CredentialSource::words).collect(Collectors.joining(", ")))
                .orElse("a provider without a name");
    }

    /** The SDK names its providers by the short ids that it puts into the user agent. */
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

    /** The secret parts of the credentials. */
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
