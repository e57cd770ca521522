package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Problem and remedy for missing credentials. The SDK's message lists every provider that it tried. */
final class NoCredentials {
    /** The chain's message about the profile, the only provider that a user configures and that can be invalid. */
    private static final Pattern IN_CHAIN = Pattern.compile(
            "ProfileCredentialsProvider\\(profileName=([^,)]+)\\): (.*), ContainerCredentialsProvider\\(\\): ",
            Pattern.DOTALL);

    private NoCredentials() {}

    /**
     * Returns the failure in the user's terms.
     *
     * @param failure the SDK's exception, not null
     * @param profile the configured profile; null if there is none
     */
    static ShellException failure(RuntimeException failure, String profile) {
        if (failure instanceof AwsServiceException) {
            return AwsFailure.of(failure, "get credentials");
        }
        String name = profile;
        String reason = String.valueOf(failure.getMessage());
        Matcher chain = IN_CHAIN.matcher(reason);
        if (chain.find()) {
            name = chain.group(1);
            reason = chain.group(2);
        }
        if (reason.startsWith("Profile file contained no credentials")) {
            return noneInProfile(failure, name);
        }
        if (reason.contains("SSO token") || reason.contains("SSO session") || reason.contains("/sso/cache/")) {
            return loggedOut(failure, name, "aws sso login");
        }
        if (reason.contains("login_session") || reason.contains("login session")) {
            return loggedOut(failure, name, "aws login");
        }
        return new ShellException(
                "The profile " + name + " has no usable credentials: " + NoAnswer.firstLine(reason),
                "Correct it in ~/.aws/config, or specify another one with -Dlshell.profile",
                failure);
    }

    private static ShellException loggedOut(RuntimeException failure, String profile, String command) {
        return new ShellException(
                "The login of the profile " + profile + " has expired or does not exist",
                "Log in with " + command + " --profile " + profile + " and repeat the goal",
                failure);
    }

    private static ShellException noneInProfile(RuntimeException failure, String profile) {
        // The chain reads this profile even if none is specified.
        if (profile.equals("default")) {
            return new ShellException(
                    "No AWS credentials were found",
                    "Log in (aws login, aws sso login), specify a profile with -Dlshell.profile or AWS_PROFILE, or use"
                            + " -Dlshell.target=local, which needs none",
                    failure);
        }
        return new ShellException(
                "There is no profile " + profile + " with credentials in the AWS configuration files",
                "Specify an existing one (aws configure list-profiles lists them) with -Dlshell.profile or AWS_PROFILE",
                failure);
    }
}
