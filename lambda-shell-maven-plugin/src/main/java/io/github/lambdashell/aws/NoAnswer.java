package io.github.lambdashell.aws;

import io.github.lambdashell.config.ShellException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** The words for a request that was never sent, or whose answer never came or was none of AWS's. */
final class NoAnswer {
    /** What the SDK adds to the message of a failed call. */
    private static final Pattern ATTEMPTS = Pattern.compile(" \\(SDK Attempt Count: \\d+\\)");

    private static final Pattern NO_PROFILE = Pattern.compile("for profile '([^']*)'");

    private NoAnswer() {}

    static ShellException failure(Throwable failure, String action) {
        String message = String.valueOf(failure.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        Optional<Throwable> foreign = find(failure, ForeignAnswerException.class);
        if (foreign.isPresent()) {
            return new ShellException(
                    "Can't " + action + ": " + foreign.get().getMessage(),
                    "Log in to the proxy or portal that answered, or name the right proxy in Maven's settings",
                    failure);
        }
        if (lower.contains("unable to load region")) {
            return new ShellException(
                    "Can't " + action + ": no region is set",
                    "Name one with -Dlshell.region=..., AWS_REGION, or in the profile",
                    failure);
        }
        if (lower.contains("sso") && lower.contains("expired") || lower.contains("login session")) {
            return new ShellException(
                    "Can't " + action + ": the login has expired (" + firstLine(message) + ")",
                    "Log in again (aws sso login, aws login) and repeat the goal",
                    failure);
        }
        if (lower.contains("unable to load credentials") || lower.contains("contained no credentials")) {
            return noCredentials(failure, action, message);
        }
        return connection(failure, action, message);
    }

    private static ShellException noCredentials(Throwable failure, String action, String message) {
        Matcher profile = NO_PROFILE.matcher(message);
        String of = profile.find() && !profile.group(1).equals("default") ? " in the profile " + profile.group(1) : "";
        return new ShellException(
                "Can't " + action + ": no AWS credentials were found" + of,
                "Log in (aws login, aws sso login), set AWS_PROFILE or -Dlshell.profile, or use"
                        + " -Dlshell.target=local, which needs none",
                failure);
    }

    private static ShellException connection(Throwable failure, String action, String message) {
        if (find(failure, UnknownHostException.class, ConnectException.class, NoRouteToHostException.class)
                .isPresent()) {
            String cause = find(failure, UnknownHostException.class)
                    .map(unknown -> "no such host, " + unknown.getMessage())
                    .orElse(message);
            return new ShellException(
                    "Can't " + action + ": the endpoint is not reachable (" + firstLine(cause) + ")",
                    "Check the network, the proxy in Maven's settings, lshell.region and lshell.endpoint",
                    failure);
        }
        if (find(failure, SSLException.class).isPresent()) {
            return new ShellException(
                    "Can't " + action + ": no trusted connection to the endpoint (" + firstLine(message) + ")",
                    "Where a proxy re-signs TLS, add its certificate to the JDK's trust store",
                    failure);
        }
        return new ShellException(
                "Can't " + action + ": no answer, " + firstLine(message),
                "Check the network and the endpoint, then repeat the goal; mvn -e shows the cause",
                failure);
    }

    @SafeVarargs
    private static Optional<Throwable> find(Throwable failure, Class<? extends Throwable>... types) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Class<? extends Throwable> type : types) {
                if (type.isInstance(cause)) {
                    return Optional.of(cause);
                }
            }
        }
        return Optional.empty();
    }

    private static String firstLine(String message) {
        return ATTEMPTS.matcher(message.lines().findFirst().orElse(""))
                .replaceAll("")
                .replaceFirst("\\.$", "");
    }
}
