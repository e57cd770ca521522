package io.github.lambdashell.target.local;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.NetworkMode;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.DeployedFunction;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.Deployment;
import io.github.lambdashell.target.ExecutionTarget;
import io.github.lambdashell.target.ExistingFunction;
import io.github.lambdashell.target.FunctionLog;
import io.github.lambdashell.target.InvocationReport;
import io.github.lambdashell.target.StackLocation;
import io.github.lambdashell.target.StackOrigin;
import io.github.lambdashell.target.Target;
import io.github.lambdashell.target.code.FunctionPackage;
import io.github.lambdashell.target.local.endpoint.InvokeEndpoint;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.Layers;
import io.github.lambdashell.target.local.log.SandboxLogs;
import io.github.lambdashell.target.local.runtime.LocalRuntimes;
import io.github.lambdashell.target.local.runtime.UnsupportedRuntimeException;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import io.github.lambdashell.target.local.sandbox.SandboxPool;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * This machine: stacks are folders below the plugin's own directory, functions run in sandboxes of this process. The
 * AWS SDK is not used.
 */
public final class LocalTarget implements Target {
    static final String ACCOUNT = "000000000000";

    private static final String DEFAULT_REGION = "us-east-1";

    /** The default quota of concurrent executions of an AWS account. */
    private static final int MAX_CONCURRENCY = 1000;

    private final String region;
    private final SandboxOptions options;
    private final StateDirectory state;
    private final LocalStacks stacks;
    private final Layers layers;
    private final SandboxPool sandboxes;
    /** Null until it is needed: a sandbox on a network of its own has to know the port. */
    private LocalSideChannel sideChannel;

    private InvokeEndpoint endpoint;

    /**
     * @param config not null, of the kind LOCAL
     * @throws ShellException if the plugin's own directory can't be used
     */
    public LocalTarget(TargetConfig config) {
        this(config, StateDirectory.open(config.localState()));
    }

    /**
     * Opens the target to read: nothing is created, changed or removed.
     *
     * @param config not null, of the kind LOCAL
     */
    public static LocalTarget openToRead(TargetConfig config) {
        return new LocalTarget(config, StateDirectory.openToRead(config.localState()));
    }

    private LocalTarget(TargetConfig config, StateDirectory state) {
        this.region = Objects.requireNonNullElse(config.region(), DEFAULT_REGION);
        this.state = state;
        this.options = new SandboxOptions(
                MAX_CONCURRENCY,
                config.local(),
                new LocalRuntimes(config.local()),
                config.local().network() == NetworkMode.HOST
                        ? OptionalInt.empty()
                        : OptionalInt.of(openSideChannel().port()));
        this.stacks = new LocalStacks(state);
        this.layers = new Layers(state, config.local().layers());
        Map<String, String> credentials = SandboxCredentials.random();
        this.sandboxes = new SandboxPool(state, options, function -> credentials, layers);
    }

    @Override
    public ExecutionTarget describe() {
        return new ExecutionTarget("local", region, sandboxes.isolation());
    }

    @Override
    public List<String> differences(FunctionSettings function) {
        try {
            return options.runtimes().differences(function.runtime(), function.architecture());
        } catch (UnsupportedRuntimeException e) {
            // Its invocations fail with this.
            return List.of();
        }
    }

    @Override
    public Optional<String> missing(FunctionSettings function) {
        return options.runtimes().missing(function.runtime(), function.architecture());
    }

    @Override
    public StackLocation location() {
        return StackLocation.LOCAL;
    }

    @Override
    public Optional<String> identity() {
        return Optional.empty();
    }

    @Override
    public Optional<DeployedStack> find(String stackName, DeployListener listener) {
        Optional<LocalStack> found = stacks.use(stackName);
        // Who looks for a stack invokes its function next: it starts while the caller still prepares that.
        found.ifPresent(stack -> sandboxes.prepare(stack.function()));
        return found.map(LocalStack::deployed);
    }

    @Override
    public boolean exists(String stackName) {
        return stacks.exists(stackName);
    }

    @Override
    public List<DeployedStack> list() {
        return stacks.stacks().stream().map(LocalStack::deployed).toList();
    }

    @Override
    public Optional<FunctionLog> log(String stackName, Optional<Instant> since) {
        return stacks.find(stackName)
                .map(stack ->
                        new SandboxLogs(stack.deployed(), stacks.logs(stack), since, () -> stacks.exists(stackName)));
    }

    @Override
    public FunctionPackage prepare(StackConfig config) {
        requireRuntime(config.function());
        try {
            layers.merged(config.function().layers());
        } catch (IOException e) {
            throw new ShellException(
                    "A local layer can't be read: " + e, "Nothing was deployed; correct <localLayers>", e);
        }
        return FunctionPackage.of(config.function().runtime(), config.code());
    }

    @Override
    public Deployment deploy(StackConfig config, FunctionPackage code, String base, DeployListener listener) {
        reportIgnoredSettings(config, listener);
        Instant now = Instant.now();
        Optional<LocalStack> existing = stacks.find(config.stackName());
        existing.flatMap(stack -> stack.deployed().expired(now))
                .ifPresent(expired -> listener.warning(expired + "; this deploy extends it"));
        StackOrigin origin = existing.map(stack -> stack.origin().extended(config.expiresAfter(), now))
                .orElseGet(() -> StackOrigin.of(base, config.expiresAfter(), now));
        LocalStack stack = LocalStack.of(config, code, region, origin, now);
        if (existing.filter(stack::isSame).isPresent()) {
            return new Deployment(existing.get().deployed(), false);
        }
        LocalStack installed = stacks.install(stack, code);
        if (!base.equals(installed.name())) {
            // A temporary stack is used at once.
            stacks.use(installed.name()).ifPresent(used -> sandboxes.prepare(used.function()));
        }
        return new Deployment(installed.deployed(), true);
    }

    private static void reportIgnoredSettings(StackConfig config, DeployListener listener) {
        FunctionSettings function = config.function();
        List<String> ignored = new ArrayList<>();
        if (!function.subnetIds().isEmpty()) {
            ignored.add("subnetIds and securityGroupIds");
        }
        if (function.fileSystem() != null) {
            ignored.add("fileSystem");
        }
        if (config.role() != null) {
            ignored.add("role");
        }
        if (!config.managedPolicies().isEmpty()) {
            ignored.add("managedPolicies");
        }
        if (config.permissionsBoundary() != null) {
            ignored.add("permissionsBoundary");
        }
        if (config.codeBucket() != null) {
            ignored.add("codeBucket");
        }
        if (config.kmsKey() != null) {
            ignored.add("kmsKey");
        }
        if (config.publish() && !config.snapStart()) {
            ignored.add("publish");
        }
        if (config.qualifier() != null) {
            ignored.add("qualifier");
        }
        if (!ignored.isEmpty()) {
            listener.step(
                    "Local target: it has no VPC, IAM, S3, KMS and published versions; these settings work only with target=aws: "
                            + String.join(", ", ignored));
        }
    }

    private void requireRuntime(FunctionSettings function) {
        try {
            options.runtimes().find(function.runtime(), function.architecture());
        } catch (UnsupportedRuntimeException e) {
            throw new ShellException(
                    e.getMessage(),
                    "Nothing was deployed. " + e.remedy() + ", or let AWS run it with -Dlshell.target=aws",
                    e);
        }
    }

    @Override
    public Optional<StackOrigin> delete(String stackName, DeployListener listener) {
        Optional<LocalStack> removed = stacks.remove(stackName);
        removed.ifPresent(stack -> sandboxes.forget(stack.function().name()));
        return removed.map(LocalStack::origin);
    }

    @Override
    public DeployedFunction connect(DeployedStack stack, Consumer<InvocationReport> invoked) {
        return new LocalFunction(stack.name(), stacks, sandboxes, SandboxPool.Reuse.WARM, this::sideChannel, invoked);
    }

    private synchronized LocalSideChannel openSideChannel() {
        if (sideChannel == null) {
            sideChannel = LocalSideChannel.open();
        }
        return sideChannel;
    }

    private LocalSideChannel sideChannel() {
        LocalSideChannel opened = openSideChannel();
        opened.start();
        return opened;
    }

    @Override
    public ExistingFunction existingFunction(String nameOrArn) {
        FunctionDefinition function = stacks.list().stream()
                .filter(candidate ->
                        candidate.name().equals(nameOrArn) || candidate.arn().equals(nameOrArn))
                .findFirst()
                .orElseThrow(() -> new ShellException(
                        "There is no function " + nameOrArn + " on local",
                        "Check like (lshell.like); for a function of an AWS account, specify -Dlshell.target=aws"));
        return new ExistingFunction(
                function.arn(),
                false,
                LocalStack.settings(function),
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(
                        "its code and the handler " + function.handler() + " (codePath specifies what /var/task holds)",
                        "its role " + function.roleArn() + " (role specifies another one)"));
    }

    @Override
    public synchronized Map<String, String> clientEnvironment() {
        if (endpoint == null) {
            endpoint = InvokeEndpoint.start(stacks, sandboxes);
        }
        return endpoint.clientEnvironment(region);
    }

    @Override
    public Set<String> secrets() {
        return Set.of();
    }

    @Override
    public void reportTo(Consumer<String> information, Consumer<String> warnings) {
        options.runtimes().reportTo(warnings);
        sandboxes.reportTo(information);
    }

    /** Ends the sandboxes, and the servers that were started. */
    @Override
    public synchronized void close() {
        if (endpoint != null) {
            endpoint.close();
        }
        if (sideChannel != null) {
            sideChannel.close();
        }
        sandboxes.close();
        try {
            layers.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't remove the merged layers", e);
        }
        stacks.close();
        state.close();
    }
}
