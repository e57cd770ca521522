package io.github.lambdashell.mojo;

import io.github.lambdashell.config.DeploymentMode;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackRules;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.report.RunFailure;
import io.github.lambdashell.run.Targets;
import io.github.lambdashell.stack.StackNotes;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.Target;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.toolchain.ToolchainManager;

/** The parameters that all goals have: the stack and its target. */
abstract class AbstractShellMojo extends AbstractMojo {
    /** The target: {@code local}, sandboxes on this machine, or {@code aws}. */
    @Parameter(property = "lshell.target", defaultValue = "local")
    private String target;

    /** The stack's name. Defaults to {@code lshell-} followed by the artifactId. */
    @Parameter(property = "lshell.stackName")
    private String stackName;

    /** The AWS region. Defaults to the one that the AWS SDK finds. */
    @Parameter(property = "lshell.region")
    private String region;

    /** The profile of the AWS configuration files. Defaults to the one that the AWS SDK finds. */
    @Parameter(property = "lshell.profile")
    private String profile;

    /** The endpoint of an AWS emulator, for {@code target=aws}. */
    @Parameter(property = "lshell.endpoint")
    private URI endpoint;

    /** The plugin's own directory: local stacks, and records of what was deployed. */
    @Parameter(property = "lshell.home", defaultValue = "${user.home}/.lshell")
    private File home;

    /**
     * How {@code target=local} isolates functions from this machine: {@code auto}, as well as the machine allows;
     * {@code full}, as Lambda does, or the goal fails; {@code none}, as plain processes.
     */
    @Parameter(property = "lshell.local.isolation", defaultValue = "auto")
    private String isolation;

    /**
     * The network of isolated functions with {@code target=local}: {@code auto}, one of their own if the machine allows
     * it, for which slirp4netns must be installed, otherwise the machine's; {@code own}, one of their own, or the goal
     * fails; {@code host}, this machine's, with the services on its localhost.
     */
    @Parameter(property = "lshell.local.network", defaultValue = "auto")
    private String network;

    /**
     * TCP ports of this machine's localhost that functions on a network of their own reach at the same address, such as
     * that of a local database. On this machine's network they reach all ports.
     */
    @Parameter(property = "lshell.local.hostPorts")
    private List<String> hostPorts;

    /**
     * An unpacked root file system, such as that of an AWS base image. With {@code target=local}, commands see its tools
     * and libraries instead of this machine's. A JDK or Node.js in its {@code /var/lang} runs the function; without one,
     * this machine's does.
     */
    @Parameter(property = "lshell.local.rootfs")
    private File rootfs;

    /**
     * How CloudFormation creates and deletes stacks with {@code target=aws}: {@code standard}, until they are stable;
     * {@code express}, until their configuration is applied, which is faster; {@code auto}, in express mode the temporary
     * stacks of {@code exec} and {@code interactive}. Updates are always in standard mode.
     */
    @Parameter(property = "lshell.deploymentMode", defaultValue = "auto")
    private String deploymentMode;

    /** Skips the goal. */
    @Parameter(property = "lshell.skip", defaultValue = "false")
    private boolean skip;

    /**
     * Validates the configuration, the package and the runtime, and shows the checks and where they are declared. Nothing is
     * deployed, run, removed or reported.
     */
    @Parameter(property = "lshell.dryRun", defaultValue = "false")
    private boolean dryRun;

    /**
     * Writes the names of the checks for {@code only} to standard output, one in each line, with a tab and the tags where a
     * check has some. Nothing is deployed, run, removed or reported.
     */
    @Parameter(property = "lshell.list", defaultValue = "false")
    private boolean list;

    /** Fails on unknown properties that begin with {@code lshell.} and unknown elements of the POM, instead of warning. */
    @Parameter(property = "lshell.strict", defaultValue = "false")
    private boolean strict;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Inject
    private SettingsDecrypter settingsDecrypter;

    @Inject
    private ToolchainManager toolchains;

    /** Returns Maven's log, whose lines begin with the module's name where goals run in several modules. */
    @Override
    public final Log getLog() {
        Log log = super.getLog();
        return modules().name().<Log>map(name -> new ModuleLog(log, name)).orElse(log);
    }

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped, because lshell.skip is set");
            return;
        }
        try {
            Problems problems = new Problems();
            unknownParameters().forEach(strict ? problems::add : getLog()::warn);
            new Switches(session, execution).check(problems);
            TargetConfig config = targetConfig(targetKind(problems), rootfs(), problems);
            Goal goal = prepare(problems);
            problems.throwIfAny();
            if (stackName == null && isForOneStack()) {
                modules().others().ifPresent(getLog()::info);
            }
            if (!dryRun && !list && !isReadOnly()) {
                new StackNotes(home(), config.name(), region)
                        .expired(Instant.now(), stackName())
                        .forEach(getLog()::warn);
            }
            try (Target opened = isReadOnly() ? Targets.openToRead(config) : Targets.open(config)) {
                opened.reportTo(getLog()::info, getLog()::warn);
                if (list) {
                    list(opened);
                } else if (dryRun) {
                    dryRun(opened);
                } else {
                    goal.run(opened);
                }
            }
        } catch (ShellException e) {
            // Maven appends the messages of causes; they are shown with -e only.
            throw new MojoExecutionException(message(e), session.getRequest().isShowErrors() ? e : null);
        } catch (RunFailure e) {
            String stack = modules()
                    .name()
                    .flatMap(name -> e.stack())
                    .map(name -> "\nStack: " + name)
                    .orElse("");
            if (e.isUnchecked()) {
                throw new MojoExecutionException(message(e) + stack);
            }
            throw new MojoFailureException(message(e) + stack);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException(
                    "The goal was interrupted; run lshell:teardown to remove what may be left", e);
        }
    }

    /**
     * Validates the goal's parameters and returns what runs if all are valid.
     *
     * @param problems receives what is wrong with them
     * @throws ShellException if a file that they name can't be read
     */
    abstract Goal prepare(Problems problems);

    /** Returns whether the goal only reads its target. */
    boolean isReadOnly() {
        return false;
    }

    /** Returns whether the goal is for the stack of the project, and for no other. */
    boolean isForOneStack() {
        return true;
    }

    /** What a goal does once its parameters are valid. */
    interface Goal {
        /**
         * @throws RunFailure if what was checked is wrong
         * @throws ShellException if it could not be checked
         */
        void run(Target target) throws RunFailure, InterruptedException;
    }

    /**
     * Validates what a goal can find out without a stack, and shows what it would run.
     *
     * @throws ShellException if something is wrong
     */
    void dryRun(Target target) {
        getLog().info("Dry run (lshell.dryRun): the configuration is valid; nothing is deployed, run or removed");
    }

    /** Writes the names of the checks that the goal would run. */
    void list(Target target) {}

    private List<String> unknownParameters() {
        UnknownParameters unknown = new UnknownParameters(plugin);
        List<String> warnings =
                new ArrayList<>(unknown.properties(session.getUserProperties().stringPropertyNames()));
        warnings.addAll(
                unknown.elements(session.getCurrentProject(), execution, new PomChecks(session, execution).place()));
        return warnings;
    }

    /** Returns a failure and those after it, such as a stack that could not be removed after a check had failed. */
    static String message(Exception failure) {
        return Stream.concat(Stream.of(failure), Arrays.stream(failure.getSuppressed()))
                .map(Throwable::getMessage)
                .collect(Collectors.joining("\n"));
    }

    final MavenSession session() {
        return session;
    }

    final MojoExecution execution() {
        return execution;
    }

    final Modules modules() {
        return new Modules(session.getCurrentProject(), session.getProjects(), execution);
    }

    final DeployListener progress() {
        return new LogProgress(getLog());
    }

    final Path home() {
        return home.toPath();
    }

    final String region() {
        return region;
    }

    final boolean hasRootfs() {
        return rootfs != null;
    }

    final boolean isLocal() {
        return target.equals("local");
    }

    /** Returns the configured root file system; null for this machine's. */
    final Path rootfs() {
        return rootfs == null ? null : rootfs.toPath();
    }

    /**
     * Returns the configuration of a target, which may be another one than this goal's.
     *
     * @param image a root file system, null for this machine's
     */
    final TargetConfig targetConfig(Kind kind, Path image, Problems problems) {
        return new TargetConfig(
                kind,
                region,
                profile,
                endpoint,
                home.toPath(),
                LocalConfig.of(
                        isolation,
                        network,
                        ParameterValues.orEmpty(hostPorts),
                        image,
                        javaHomes(),
                        localLayers(problems),
                        problems),
                MavenProxy.of(session.getRequest().getProxies(), settingsDecrypter)
                        .orElse(null),
                DeploymentMode.of(deploymentMode, problems));
    }

    /** Returns the JDKs of the user's toolchains.xml that exist, in its order. */
    private List<Path> javaHomes() {
        return toolchains.getToolchains(session, "jdk", null).stream()
                .flatMap(toolchain -> Stream.ofNullable(toolchain.findTool("java")))
                .map(java -> Path.of(java).getParent().getParent())
                .toList();
    }

    /** Returns folders and zip files by the names of the layers that they replace. */
    Map<String, Path> localLayers(Problems problems) {
        return Map.of();
    }

    /** Returns the stack's name, not validated. */
    final String stackName() {
        return stackName != null
                ? stackName
                : StackRules.defaultStackName(session.getCurrentProject().getArtifactId());
    }

    /**
     * Parses a parameter that is a duration; a plain number is in seconds.
     *
     * @param example forms for the message, of a suitable size
     */
    static Duration duration(String name, String text, String example, Problems problems) {
        try {
            return DurationText.parse(text, "s", example);
        } catch (IllegalArgumentException e) {
            problems.add(name + " (lshell." + name + ") is " + e.getMessage());
            return Duration.ofSeconds(1);
        }
    }

    private Kind targetKind(Problems problems) {
        problems.require(
                isLocal() || target.equals("aws"),
                "target (lshell.target) must be 'local' or 'aws', but is '" + target + "'");
        problems.require(!isLocal() || endpoint == null, "endpoint (lshell.endpoint) requires -Dlshell.target=aws");
        return requireUsable(kind(), problems);
    }

    /** Returns the configured target, AWS for an unknown one. */
    final Kind kind() {
        return isLocal() ? Kind.LOCAL : Kind.AWS;
    }

    /** Adds a problem for a target that this build can't use. */
    final Kind requireUsable(Kind kind, Problems problems) {
        boolean local = kind == Kind.LOCAL;
        problems.require(local || !session.isOffline(), "target=aws needs the network, but Maven is offline (-o)");
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        problems.require(!local || !windows, "target=local does not run on Windows; use -Dlshell.target=aws");
        return kind;
    }
}
