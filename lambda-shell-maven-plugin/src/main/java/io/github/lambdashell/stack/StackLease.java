package io.github.lambdashell.stack;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.ExecutionTarget;
import io.github.lambdashell.target.Target;
import io.github.lambdashell.target.code.FunctionPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The stack that a goal uses: the deployed one, or otherwise a temporary one that is deleted when the lease is closed
 * or by a signal.
 */
public final class StackLease implements AutoCloseable {
    private static final String AS_DEPLOYED = "as deployed";

    private final DeployedStack stack;
    private final String runtime;
    private final String configuredRuntime;
    private final String code;
    private final Optional<TemporaryStack> temporary;

    private StackLease(DeployedStack stack, Request request, String code, Optional<TemporaryStack> temporary) {
        this.stack = stack;
        this.runtime = runtime(stack, request);
        this.configuredRuntime = request.config().function().runtime();
        this.code = code;
        this.temporary = temporary;
    }

    /**
     * A request for a stack.
     *
     * @param config the stack to deploy if there is none, not null
     * @param configured the function's settings that the build itself configures, not null; a deployed function that
     *     differs causes a warning
     * @param keep whether a stack that has to be deployed is permanent, and so gets the configured name
     * @param home the plugin's own directory, not null
     */
    public record Request(StackConfig config, FunctionSettings configured, boolean keep, Path home) {}

    /**
     * Finds the stack or deploys one.
     *
     * @throws ShellException if there is none that can be used
     */
    public static StackLease take(Target target, Request request, DeployListener listener) throws InterruptedException {
        StackConfig config = request.config();
        Optional<DeployedStack> deployed = target.find(config.stackName(), listener);
        if (deployed.isPresent()) {
            new OrphanedStacks(target, listener, new StackRecords(request.home()))
                    .remove(deployed.get().location(), "");
            String code = reportDifferences(deployed.get(), request, listener);
            DeployedStack selected = target.select(deployed.get(), config, listener);
            return new StackLease(selected, request, code, Optional.empty());
        }
        ExecutionTarget described = target.describe();
        String missing = "There is no stack " + config.stackName() + " (" + described.name() + ")";
        new StackNotes(request.home(), described.name(), described.region())
                .elsewhere(config.stackName())
                .ifPresent(listener::step);
        if (!config.publish()
                && config.qualifier() != null
                && !config.qualifier().equals("$LATEST")
                && described.name().equals("aws")) {
            throw new ShellException(
                    missing + ", and the function of a new one has no version or alias '" + config.qualifier() + "'",
                    "Deploy the stack with lshell:deploy, or configure publish (lshell.publish) instead of qualifier");
        }
        if (request.keep()) {
            listener.step(missing + "; deploying it");
            DeployedStack created = new StackDeployment(target, request.home(), listener)
                    .deploy(config)
                    .stack();
            return new StackLease(created, request, code(config), Optional.empty());
        }
        listener.step(missing + "; deploying a temporary one");
        return temporary(target, request, listener);
    }

    /**
     * Deploys a temporary stack, whether or not there is one of the configured name.
     *
     * @throws ShellException if it can't be deployed
     */
    public static StackLease temporary(Target target, Request request, DeployListener listener)
            throws InterruptedException {
        TemporaryStack temporary = new TemporaryStack(target, request.home(), request.config(), listener);
        return new StackLease(temporary.deploy(), request, code(request.config()), Optional.of(temporary));
    }

    private static String code(StackConfig config) {
        return config.code() == null ? "the shell alone" : FunctionPackage.describe(config.code());
    }

    /**
     * Warns if the deployed stack differs from the build's configuration; it is used unchanged.
     *
     * @return the code that it has
     */
    private static String reportDifferences(DeployedStack stack, Request request, DeployListener listener) {
        stack.expired(Instant.now())
                .ifPresent(expired ->
                        listener.warning(expired + "; lshell:deploy extends it, lshell:teardown removes it"));
        StackConfig config = request.config();
        String runtime = config.function().runtime();
        String holds = AS_DEPLOYED;
        String deployed = runtime(stack, request);
        if (!deployed.equals(runtime)) {
            listener.warning(stack.name() + " is deployed with the runtime " + deployed + ", but this build configures "
                    + runtime + "; lshell:deploy updates it");
        } else if (config.code() != null && Files.exists(config.code().archive())) {
            try (FunctionPackage code = FunctionPackage.of(runtime, config.code())) {
                if (stack.codeKey().endsWith(code.key())) {
                    holds = FunctionPackage.describe(config.code());
                    listener.step(stack.name() + " is deployed with " + holds);
                    code.warnings().forEach(listener::warning);
                } else {
                    holds = AS_DEPLOYED + ", not " + config.code().archive();
                    listener.warning(stack.name() + " is deployed with other code than "
                            + config.code().archive() + "; lshell:deploy updates it");
                }
            }
        }
        List<String> differences = FunctionDifferences.between(request.configured(), config, stack);
        if (!differences.isEmpty()) {
            listener.warning(stack.name() + " is used as it is deployed: " + String.join("; ", differences)
                    + "; lshell:deploy updates it");
        }
        return holds;
    }

    /** Returns the function's runtime; the configured one if the target does not name it. */
    private static String runtime(DeployedStack stack, Request request) {
        return Objects.requireNonNullElse(
                stack.function().runtime(), request.config().function().runtime());
    }

    /** Returns the function's runtime. */
    public String runtime() {
        return runtime;
    }

    /** Returns how the function differs from the configured one, for the reports: by its runtime. */
    public List<String> differences() {
        return runtime.equals(configuredRuntime)
                ? List.of()
                : List.of(configuredRuntime + " configured, deployed with " + runtime);
    }

    /** Returns what /var/task holds beside the shell, for the reports. */
    public String code() {
        return code;
    }

    /** Returns the stack to use. */
    public DeployedStack stack() {
        return stack;
    }

    /**
     * Deletes the stack if it is temporary.
     *
     * @throws ShellException if some of its resources remain
     */
    @Override
    public void close() {
        temporary.ifPresent(TemporaryStack::close);
    }
}
