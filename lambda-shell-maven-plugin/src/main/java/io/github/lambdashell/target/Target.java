package io.github.lambdashell.target;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.target.code.FunctionPackage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where stacks are deployed and functions are invoked: this machine or AWS. Safe for use by several threads.
 *
 * <p>Methods throw {@link ShellException} if the target can't be reached or refuses, and {@link InterruptedException} if
 * the calling thread is interrupted while it waits.
 */
public interface Target extends AutoCloseable {
    /** Describes the target. */
    ExecutionTarget describe();

    /** Returns where its stacks are; on AWS this asks who the caller is, once. */
    StackLocation location();

    /** Returns the account, region and identity that the target uses, as a line for the log; empty for the local target. */
    Optional<String> identity();

    /**
     * Finds a stack that can be used. Waits for the end of an operation in progress.
     *
     * @return empty if there is none
     * @throws ShellException if there is one that this plugin did not create, or that can't be used
     */
    Optional<DeployedStack> find(String stackName, DeployListener listener) throws InterruptedException;

    /** Returns whether there is a stack of that name, in whatever state. */
    boolean exists(String stackName);

    /** Lists all stacks that this plugin created, by name. */
    List<DeployedStack> list();

    /**
     * Validates what can be validated before anything is deployed: the runtime, the layers, the package.
     *
     * @return the function's package; the caller closes it
     * @throws ShellException if the stack can't be deployed
     */
    FunctionPackage prepare(StackConfig config);

    /**
     * Creates a stack, updates it, or finds nothing to do. Returns when its function answers.
     *
     * @param code what {@link #prepare} returned
     * @param base the configured name, which is not the stack's own if the stack is temporary
     * @throws ShellException if it can't be deployed; a stack that this call created is removed again then
     */
    Deployment deploy(StackConfig config, FunctionPackage code, String base, DeployListener listener)
            throws InterruptedException;

    /**
     * Deletes a stack with everything in it.
     *
     * @return the stack as it was; empty if there was none
     * @throws ShellException if something of it is left
     */
    Optional<StackOrigin> delete(String stackName, DeployListener listener) throws InterruptedException;

    /**
     * Connects to a stack's function.
     *
     * @param invoked receives the figures of every invocation, successful or not, on the thread that invoked
     */
    DeployedFunction connect(DeployedStack stack, Consumer<InvocationReport> invoked);

    /**
     * Reads a function whose settings are to be copied.
     *
     * @param nameOrArn also with a version or an alias
     * @throws ShellException if there is none, or it may not be read
     */
    ExistingFunction existingFunction(String nameOrArn);

    /**
     * Returns the environment variables with which the AWS CLI or an SDK reaches the target's functions. For the local
     * target this starts an endpoint for them; its credentials are valid until the target is closed.
     */
    Map<String, String> clientEnvironment();

    /** Returns the secret parts of the user's credentials, which no output may contain; the local target has none. */
    Set<String> secrets();

    /**
     * Sets the receiver of lines about sandboxes that the target starts in the background. Defaults to the log.
     *
     * @param listener called by any thread; it must not block
     */
    default void reportTo(Consumer<String> listener) {}

    /** Ends what the target started. Stacks remain. */
    @Override
    void close();
}
