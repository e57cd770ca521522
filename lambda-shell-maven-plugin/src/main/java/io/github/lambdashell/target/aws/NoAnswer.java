package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.ShellException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Problem and remedy for a request that was never sent, or whose response is missing or not from AWS. */
final class NoAnswer {
    /** Text that the SDK adds to the message of a failed call. */
    private static final Pattern OF_THE_SDK =
            Pattern.compile("Unable to execute HTTP request: | \\(SDK Attempt Count: \\d+\\)");

    /** The SDK's messages for a connection that was not available in time, or that a proxy refused. */
    private static final Pattern NO_CONNECTION =
            Pattern.compile("Acquire operation took longer|CONNECT request to proxy|connect to proxy");

    /** The SDK's messages for FIPS or dual-stack with a region or an endpoint that does not support it. */
    private static final Pattern NO_ENDPOINT =
            Pattern.compile("(?i)(FIPS|dual-?stack).*(not support|cannot|can't)|Invalid Configuration");

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
        if (NO_ENDPOINT.matcher(message).find()) {
            return new ShellException(
                    "Can't " + action + ": the SDK has no endpoint for these settings, " + firstLine(message),
                    "Change AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT, or use_fips_endpoint and"
                            + " use_dualstack_endpoint of the profile; an endpoint of your own must be specified with"
                            + " -Dlshell.endpoint, which replaces these settings",
                    failure);
        }
        return connection(failure, action, message);
    }

    /** Returns whether a response arrived that the SDK can't parse, such as an incomplete one. */
    static boolean isUnreadable(Throwable failure) {
        return String.valueOf(failure.getMessage()).startsWith("Unable to unmarshall response");
    }

    /** Returns whether no connection was established, so that the request can't have arrived. */
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

    /** Returns the first line of an SDK message, without the SDK's additions and without its full stop. */
    static String firstLine(String message) {
        return OF_THE_SDK
                .matcher(message.lines().findFirst().orElse(""))
                .replaceAll("")
                .replaceFirst("\\.$", "");
    }
}
