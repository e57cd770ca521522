package io.github.lambdashell.aws;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.useragent.BusinessMetricFeatureId;

/** The SDK's own chain of places to look for credentials: environment, profile, single sign-on, a machine's role. */
final class CredentialChain implements AutoCloseable {
    private final DefaultCredentialsProvider chain;

    /**
     * @param profile null for the chain's own
     */
    CredentialChain(String profile) {
        this.chain = DefaultCredentialsProvider.builder().profileName(profile).build();
    }

    AwsCredentialsProvider provider() {
        return chain;
    }

    /** Which links of the chain led to the credentials, for example {@code profile sso, sso}. */
    String source() {
        return resolve()
                .providerName()
                .map(ids ->
                        Stream.of(ids.split(",")).map(CredentialChain::words).collect(Collectors.joining(", ")))
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
        AwsCredentials resolved = resolve();
        return resolved instanceof AwsSessionCredentials session
                ? Set.of(session.secretAccessKey(), session.sessionToken())
                : Set.of(resolved.secretAccessKey());
    }

    private AwsCredentials resolve() {
        try {
            return chain.resolveCredentials();
        } catch (SdkClientException e) {
            throw AwsFailure.of(e, "ask AWS who you are");
        }
    }

    @Override
    public void close() {
        chain.close();
    }
}
