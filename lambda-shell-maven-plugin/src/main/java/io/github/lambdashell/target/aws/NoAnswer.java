package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** The words for a request that was never sent, or whose answer never came or was none of AWS's. */
final class NoAnswer {
    /** What the SDK adds to the message of a failed call. */
    private static final Pattern OF_THE_SDK =
            Pattern.compile("Unable to execute HTTP request: | \\(SDK Attempt Count: \\d+\\)");

    /** The SDK's words where it waited for a connection in vain, or a proxy would not make one. */
    private static final Pattern NO_CONNECTION =
            Pattern.compile("Acquire operation took longer|CONNECT request to proxy|connect to proxy");

    private NoAnswer() {}

    static ShellException failure(Throwable failure, String action) {
        String message = String.valueOf(failure.getMessage());
        Optional<ForeignAnswerException> foreign = Causes.find(failure, ForeignAnswerException.class);
        if (foreign.isPresent()) {
            return new ShellException(
                    "Can't " + action + ": " + foreign.get().getMessage(),
                    "Log in to the proxy or portal that answered, or configure the right proxy in Maven's settings",
                    failure);
        }
        Optional<ProxyRefusedException> refused = Causes.find(failure, ProxyRefusedException.class);
        if (refused.isPresent()) {
            return new ShellException(
                    "Can't " + action + ": " + refused.get().getMessage(),
                    refused.get().remedy(),
                    failure);
        }
        if (isUnreadable(failure)) {
            return new ShellException(
                    "Can't " + action + ": the endpoint's answer is none of AWS's, " + firstLine(message),
                    "Check lshell.endpoint, the AWS_ENDPOINT_URL variables and the proxy in Maven's settings",
                    failure);
        }
        if (message.contains("Unable to load region")) {
            return new ShellException(
                    "Can't " + action + ": no region is set",
                    "Specify one with -Dlshell.region, AWS_REGION, or in the profile",
                    failure);
        }
        return connection(failure, action, message);
    }

    /** Whether an answer came, but none that the SDK understands, such as half of one. */
    static boolean isUnreadable(Throwable failure) {
        return String.valueOf(failure.getMessage()).startsWith("Unable to unmarshall response");
    }

    /** Whether no connection came about, so that the request can't have arrived. */
    static boolean isNeverSent(Throwable failure) {
        return Causes.find(failure, ConnectException.class).isPresent()
                || Causes.find(failure, NoRouteToHostException.class).isPresent()
                || Causes.find(failure, UnknownHostException.class).isPresent()
                || NO_CONNECTION.matcher(String.valueOf(failure.getMessage())).find();
    }

    private static ShellException connection(Throwable failure, String action, String message) {
        if (isNeverSent(failure)) {
            String cause = Causes.find(failure, UnknownHostException.class)
                    .map(unknown -> "no such host, " + unknown.getMessage())
                    .orElse(message);
            return new ShellException(
                    "Can't " + action + ": the endpoint is not reachable (" + firstLine(cause) + ")",
                    "Check the network, the proxy in Maven's settings, lshell.region and lshell.endpoint",
                    failure);
        }
        if (Causes.find(failure, SSLException.class).isPresent()) {
            return new ShellException(
                    "Can't " + action + ": no trusted connection to the endpoint (" + firstLine(message) + ")",
                    "Check that the endpoint speaks TLS; where a proxy re-signs it, add its certificate to the JDK's trust"
                            + " store",
                    failure);
        }
        return new ShellException(
                "Can't " + action + ": no answer, " + firstLine(message),
                "Check the network and the endpoint, then repeat the goal; mvn -e shows the cause",
                failure);
    }

    /** A message of the SDK without what helps nobody, and without its full stop. */
    static String firstLine(String message) {
        return OF_THE_SDK
                .matcher(message.lines().findFirst().orElse(""))
                .replaceAll("")
                .replaceFirst("\\.$", "");
    }
}
