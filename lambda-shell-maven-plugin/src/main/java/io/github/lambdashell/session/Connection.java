package io.github.lambdashell.session;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.FunctionClient;
import io.github.lambdashell.stack.DeployedStack;
import io.github.lambdashell.stack.StackUsage;
import io.github.lambdashell.target.ReportLine;
import java.util.Objects;
import java.util.Optional;

/**
 * A deployed stack that can be worked with.
 *
 * @param stack as it is deployed, not null
 * @param function its function, not null
 * @param objects its bucket; empty when the stack has none of its own, and then there is no way to a running command
 */
public record Connection(DeployedStack stack, FunctionClient function, Optional<SessionObjects> objects) {
    public Connection {
        Objects.requireNonNull(stack);
        Objects.requireNonNull(function);
        Objects.requireNonNull(objects);
    }

    /**
     * Connects to a stack; sends nothing yet.
     *
     * @throws ShellException when the clients can't be made, for example because no region is set
     */
    public static Connection to(DeployedStack stack, AwsClients clients) {
        return new Connection(
                stack, function(stack, clients), stack.bucket().map(bucket -> new SessionObjects(clients, bucket)));
    }

    /**
     * Connects to a stack's function: what it costs is noted for the teardown, and the user's credentials are kept out
     * of what commands write.
     */
    public static FunctionClient function(DeployedStack stack, AwsClients clients) {
        StackUsage usage = StackUsage.of(clients.target(), stack);
        return new FunctionClient(
                clients.lambda(), stack.functionName().orElseThrow(), clients.secrets(), log -> ReportLine.parse(log)
                        .ifPresent(metrics ->
                                usage.add(metrics.billedDuration(), metrics.memorySize(), metrics.maxMemoryUsed())));
    }

    /** Where a connection comes from, which may take a deploy. */
    @FunctionalInterface
    public interface Source {
        /**
         * Waits for the connection.
         *
         * @throws ShellException when there can be none
         */
        Connection get() throws InterruptedException;
    }
}
