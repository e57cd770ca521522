package io.github.lambdashell.target;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.target.code.FunctionPackage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A place where stacks are deployed and functions are invoked: this machine or AWS. Safe for use by several threads.
 *
 * <p>Methods throw {@link ShellException} if the target can't be reached or refuses, and {@link InterruptedException}
 * if the calling thread is interrupted while it waits.
 */
public interface Target extends AutoCloseable {
    /** Describes the target. */
    ExecutionTarget describe();

    /** Returns the differences of a function from Lambda's, such as "java21 requested, running on 17.0.15". */
    default List<String> differences(FunctionSettings function) {
        return List.of();
    }

    /**
     * Returns why the target can't run a function in the version of its language and on the architecture that it has on
     * Lambda.
     *
     * @return the problem and its remedy; empty if nothing is missing, or only a deployment shows that
     */
    default Optional<String> missing(FunctionSettings function) {
        return Optional.empty();
    }

    /** Returns the location of its stacks; on AWS this requests the caller's identity once. */
    StackLocation location();

    /** Returns the account, region and identity that the target uses, as a line for the log; empty for the local target. */
    Optional<String> identity();

    /**
     * Finds a stack that can be used. Waits until an operation in progress has ended.
     *
     * @return empty if there is none
     * @throws ShellException if the stack was not created by this plugin, or can't be used
     */
    Optional<DeployedStack> find(String stackName, DeployListener listener) throws InterruptedException;

    /** Returns whether there is a stack of that name, in any state. */
    boolean exists(String stackName);

    /** Returns all stacks that this plugin created, sorted by name. */
    List<DeployedStack> list();

    /**
     * Opens the log of a stack's function, whatever the stack's state is. Changes nothing and starts nothing.
     *
     * @param since time from which the log is read; empty for its beginning; the local target reads all lines of the
     *     execution environments that have written since then
     * @return empty if there is no such stack
     * @throws ShellException if the stack was not created by this plugin, or can't be read
     */
    Optional<FunctionLog> log(String stackName, Optional<Instant> since);

    /**
     * Validates the runtime, the layers and the package, before anything is deployed.
     *
     * @return the function's package; the caller closes it
     * @throws ShellException if the stack can't be deployed
     */
    FunctionPackage prepare(StackConfig config);

    /**
     * Creates or updates a stack, or leaves an up-to-date one unchanged. Returns when its function responds.
     *
     * @param code the package that {@link #prepare} returned, not null
     * @param base the configured name, which differs from the stack's name if the stack is temporary, not null
     * @throws ShellException if it can't be deployed; a stack that this call created is then deleted
     */
    Deployment deploy(StackConfig config, FunctionPackage code, String base, DeployListener listener)
            throws InterruptedException;

    /**
     * Selects the version of a deployed stack's function that a build configures, and publishes it before if required.
     *
     * @return the stack, whose function name selects the version
     * @throws ShellException if there is no such version
     */
    default DeployedStack select(DeployedStack stack, StackConfig config, DeployListener listener)
            throws InterruptedException {
        return stack;
    }

    /**
     * Deletes a stack with all its resources.
     *
     * @return the origin of the stack; empty if there was none
     * @throws ShellException if some of its resources remain
     */
    Optional<StackOrigin> delete(String stackName, DeployListener listener) throws InterruptedException;

    /**
     * Connects to a stack's function; sends no request.
     *
     * @param invoked receives the figures of every invocation, successful or not, on the thread that invoked; not those
     *     of an invocation during which the stack was removed from the local target; not null
     */
    DeployedFunction connect(DeployedStack stack, Consumer<InvocationReport> invoked);

    /**
     * Reads a function whose settings are to be copied.
     *
     * @param nameOrArn name or ARN, optionally with a version or an alias, not null
     * @throws ShellException if there is none, or the user has no permission to read it
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
     * Sets the receivers of lines about sandboxes that the target starts in the background. They default to the log.
     *
     * @param information called by any thread; must not block, not null
     * @param warnings of differences from Lambda; the same holds
     */
    default void reportTo(Consumer<String> information, Consumer<String> warnings) {}

    /** Stops everything that the target started. Stacks remain. */
    @Override
    void close();
}
