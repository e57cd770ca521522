package io.github.lambdashell.session;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.invoke.FunctionClient;
import io.github.lambdashell.stack.DeployedStack;
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
                stack,
                new FunctionClient(clients.lambda(), stack.functionName().orElseThrow()),
                stack.bucket().map(bucket -> new SessionObjects(clients, bucket)));
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
