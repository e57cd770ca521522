package io.github.lambdashell.target.aws;

import io.github.lambdashell.config.RuntimeFamily;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** AWS, or an emulator of it: stacks in CloudFormation, functions in Lambda. */
public final class AwsTarget implements Target {
    private final AwsClients clients;

    /**
     * Creates a target with clients of its own.
     *
     * @param config not null, of the kind AWS
     */
    public AwsTarget(TargetConfig config) {
        this(new AwsClients(config));
    }

    /**
     * Creates a target with the given clients.
     *
     * @param clients closed with the target, not null
     */
    AwsTarget(AwsClients clients) {
        this.clients = clients;
    }

    @Override
    public ExecutionTarget describe() {
        return new ExecutionTarget("aws", clients.region(), Optional.empty());
    }

    @Override
    public StackLocation location() {
        return new StackLocation("aws", clients.identity().account(), clients.region());
    }

    @Override
    public Optional<String> identity() {
        CallerIdentity identity = clients.identity();
        // The user may not know that a variable or a profile configures an endpoint.
        return Optional.of("AWS account " + identity.account() + ", region " + clients.region() + ", as "
                + identity.arn() + clients.endpoint().map(uri -> ", at " + uri).orElse(""));
    }

    @Override
    public Optional<DeployedStack> find(String stackName, DeployListener listener) throws InterruptedException {
        Optional<CloudFormationStack> found = stacks().find(stackName);
        if (found.isEmpty() || found.get().isUnderReview()) {
            return Optional.empty();
        }
        StackTags.requireOurs(found.get());
        if (found.get().isInProgress()) {
            listener.step(stackName + " is " + found.get().status() + ", waiting for it to end");
            found = StackOperation.underWay(clients, listener, found.get().id()).await();
        }
        found.filter(stack -> !stack.isUsable()).ifPresent(stack -> {
            throw new ShellException(
                    "The stack " + stackName + " is " + stack.status() + " and can't be used",
                    "Run lshell:deploy, which repairs it, or lshell:teardown, which removes it");
        });
        return found.map(CloudFormationStack::deployed);
    }

    @Override
    public boolean exists(String stackName) {
        return stacks().find(stackName).isPresent();
    }

    @Override
    public List<DeployedStack> list() {
        return stacks().ours().stream().map(CloudFormationStack::deployed).toList();
    }

    @Override
    public Optional<FunctionLog> log(String stackName, Optional<Instant> since) {
        Optional<CloudFormationStack> found = stacks().find(stackName);
        found.ifPresent(StackTags::requireOurs);
        return found.map(stack -> new LogGroup(
                clients,
                stack.deployed(),
                stack.logGroup()
                        .orElseThrow(() -> new ShellException(
                                "The stack " + stackName + " is " + stack.status() + " and has no log group",
                                "Run lshell:deploy, which repairs it, or lshell:teardown, which removes it")),
                since));
    }

    private Stacks stacks() {
        return new Stacks(clients.cloudFormation());
    }

    @Override
    public FunctionPackage prepare(StackConfig config) {
        StackTemplate.requireFits(config);
        new ConfiguredArns(config).requirePartition(clients::region);
        return FunctionPackage.of(config.function().runtime(), config.code());
    }

    @Override
    public Deployment deploy(StackConfig config, FunctionPackage code, String base, DeployListener listener)
            throws InterruptedException {
        String runtime = config.function().runtime();
        if (!RuntimeFamily.isKnown(runtime)) {
            listener.step("the runtime " + runtime + " is unknown to this plugin; AWS decides whether it exists");
        }
        Deployment deployed = new StackDeployer(clients, listener, config, base, code).deploy();
        if (!config.publish()) {
            return deployed;
        }
        FunctionVersions versions =
                new FunctionVersions(clients, deployed.stack().functionName(), listener);
        String version = versions.publish(config.snapStart());
        versions.prune(version);
        return new Deployment(published(deployed.stack(), version, config, versions), deployed.changed());
    }

    @Override
    public DeployedStack select(DeployedStack stack, StackConfig config, DeployListener listener)
            throws InterruptedException {
        FunctionVersions versions = new FunctionVersions(clients, stack.functionName(), listener);
        if (config.publish()) {
            return published(stack, versions.publish(config.snapStart()), config, versions);
        }
        if (config.qualifier() == null) {
            return stack;
        }
        versions.require(config.qualifier());
        return stack.withQualifier(config.qualifier());
    }

    private static DeployedStack published(
            DeployedStack stack, String version, StackConfig config, FunctionVersions versions) {
        if (config.qualifier() == null) {
            return stack.withQualifier(version);
        }
        versions.point(config.qualifier(), version);
        return stack.withQualifier(config.qualifier());
    }

    @Override
    public Optional<StackOrigin> delete(String stackName, DeployListener listener) throws InterruptedException {
        return new StackTeardown(clients, listener).remove(stackName).map(StackTags::origin);
    }

    @Override
    public DeployedFunction connect(DeployedStack stack, Consumer<InvocationReport> invoked) {
        return new AwsFunction(
                clients.lambda(),
                stack.functionName(),
                stack.bucket().map(bucket -> new BucketChannel(clients, bucket)),
                invoked);
    }

    @Override
    public ExistingFunction existingFunction(String nameOrArn) {
        return FunctionToCopy.read(clients, nameOrArn);
    }

    @Override
    public Map<String, String> clientEnvironment() {
        return clients.environment();
    }

    @Override
    public Set<String> secrets() {
        return clients.secrets();
    }

    @Override
    public void close() {
        clients.close();
    }
}
