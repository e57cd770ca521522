package io.github.lambdashell.session;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.protocol.ShellFunction;
import io.github.lambdashell.stack.StackUsage;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.SideChannel;
import io.github.lambdashell.target.Target;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A deployed stack and its function.
 *
 * @param stack the stack, not null
 * @param function its function, not null
 * @param secrets the user's credentials, which must not be shown, not null
 */
public record Connection(DeployedStack stack, ShellFunction function, Secrets secrets) {
    public Connection {
        Objects.requireNonNull(secrets);
        Objects.requireNonNull(stack);
        Objects.requireNonNull(function);
    }

    /**
     * Connects to a stack without sending a request. The figures of its invocations are recorded for the teardown.
     *
     * @param home the plugin's own directory, not null
     * @throws ShellException if the target's client can't be created, for example because no region is configured
     */
    public static Connection to(DeployedStack stack, Target target, Path home) {
        StackUsage usage = StackUsage.of(home, stack);
        return new Connection(
                stack, new ShellFunction(target.connect(stack, usage::add)), Secrets.literals(target.secrets()));
    }

    /** Returns the channel to running commands; empty if the stack has no bucket of its own. */
    public Optional<SideChannel> sideChannel() {
        return function.deployed().sideChannel();
    }

    /** A provider of a connection, which may have to deploy a stack first. */
    @FunctionalInterface
    public interface Source {
        /**
         * Returns the connection; waits until it is available.
         *
         * @throws ShellException if there is none
         */
        Connection get() throws InterruptedException;
    }
}
