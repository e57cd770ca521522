package io.github.lambdashell.aws;

import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

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

    /** Which link of the chain had credentials. */
    String source() {
        return resolve().providerName().orElse("a provider without a name");
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
