package io.github.lambdashell.mojo;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackRules;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Target;
import io.github.lambdashell.stack.StackNotes;
import io.github.lambdashell.stack.StackProgress;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** What every goal takes: which stack, where. */
abstract class AbstractShellMojo extends AbstractMojo {
    /** Where the stack lives: {@code local}, an endpoint that the plugin starts on this machine, or {@code aws}. */
    @Parameter(property = "lshell.target", defaultValue = "local")
    private String target;

    /** The stack's name; {@code lshell-} and the artifactId unless said. */
    @Parameter(property = "lshell.stackName")
    private String stackName;

    /** The AWS region; the AWS SDK's own chain decides unless said. */
    @Parameter(property = "lshell.region")
    private String region;

    /** The profile of the AWS configuration files; the AWS SDK's own chain decides unless said. */
    @Parameter(property = "lshell.profile")
    private String profile;

    /** The endpoint of an AWS emulator, for {@code target=aws}. */
    @Parameter(property = "lshell.endpoint")
    private URI endpoint;

    /** The plugin's own directory: the local target's stacks and notes of what was deployed. */
    @Parameter(property = "lshell.home", defaultValue = "${user.home}/.lshell")
    private File home;

    /**
     * How far {@code target=local} keeps functions apart from this machine: {@code auto}, as far as it can; {@code full},
     * as Lambda does or not at all; {@code none}.
     */
    @Parameter(property = "lshell.local.isolation", defaultValue = "auto")
    private String isolation;

    /**
     * An unpacked root file system, such as that of an AWS base image: with {@code target=local}, commands see its tools
     * and libraries instead of this machine's. A JDK or Node in its {@code /var/lang} runs the function; else this
     * machine's does, if the libraries allow.
     */
    @Parameter(property = "lshell.local.rootfs")
    private File rootfs;

    /** Does nothing when true. */
    @Parameter(property = "lshell.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Inject
    private SettingsDecrypter settingsDecrypter;

    @Inject
    private Toolchains toolchains;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("lshell.skip is set, nothing to do");
            return;
        }
        try {
            unknownParameters().forEach(getLog()::warn);
            Problems problems = new Problems();
            TargetConfig target = targetConfig(problems);
            Goal goal = prepare(problems);
            problems.throwIfAny();
            new StackNotes(target).expired(Instant.now(), stackName()).forEach(getLog()::warn);
            try (AwsClients clients = new AwsClients(target)) {
                if (getLog().isDebugEnabled() && !target.isLocal()) {
                    getLog().debug("AWS knows you as " + clients.identity().arn());
                }
                goal.run(clients);
            }
        } catch (ShellException e) {
            showSuppressed(e);
            // Maven puts the messages of causes behind the words; whoever wants them says -e.
            throw new MojoExecutionException(
                    e.getMessage(), session.getRequest().isShowErrors() ? e : null);
        } catch (MojoFailureException e) {
            showSuppressed(e);
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("Interrupted; run lshell:teardown to be sure that nothing is left", e);
        }
    }

    /**
     * Reads the goal's parameters, notes what is wrong with them, and returns what runs if nothing is.
     *
     * @throws ShellException when what they name can't be read
     */
    abstract Goal prepare(Problems problems);

    /** What a goal does once its parameters are known to be right. */
    interface Goal {
        /**
         * @throws MojoFailureException when what was checked is wrong
         * @throws ShellException when it could not be checked
         */
        void run(AwsClients clients) throws MojoFailureException, InterruptedException;
    }

    private List<String> unknownParameters() {
        UnknownParameters unknown = new UnknownParameters(plugin);
        List<String> warnings =
                new ArrayList<>(unknown.properties(session.getUserProperties().stringPropertyNames()));
        warnings.addAll(unknown.elements(execution));
        return warnings;
    }

    /** What went wrong besides, such as a stack that could not be removed after a check had failed. */
    private void showSuppressed(Exception failure) {
        for (Throwable also : failure.getSuppressed()) {
            getLog().error(also.getMessage());
        }
    }

    final MavenSession session() {
        return session;
    }

    final MojoExecution execution() {
        return execution;
    }

    final StackProgress progress() {
        return new LogProgress(getLog());
    }

    private TargetConfig targetConfig(Problems problems) {
        return new TargetConfig(
                targetKind(problems),
                region,
                profile,
                endpoint,
                home.toPath(),
                LocalConfig.of(
                        isolation,
                        rootfs == null ? null : rootfs.toPath(),
                        toolchains.javaHomes(session),
                        localLayers(problems),
                        problems),
                MavenProxy.of(session.getRequest().getProxies(), settingsDecrypter)
                        .orElse(null));
    }

    /** Folders and zip files by the names of the layers that they stand for; what is wrong with them is noted. */
    Map<String, Path> localLayers(Problems problems) {
        return Map.of();
    }

    /** The stack's name, not yet checked. */
    final String stackName() {
        return stackName != null
                ? stackName
                : StackRules.defaultStackName(session.getCurrentProject().getArtifactId());
    }

    /** A parameter that is a length of time; what is wrong with it is noted. */
    static Duration duration(String name, String text, Problems problems) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(name + " (lshell." + name + ") is \"" + text + "\": " + e.getMessage());
            return Duration.ofSeconds(1);
        }
    }

    private Target targetKind(Problems problems) {
        boolean local = target.equals("local");
        problems.require(
                local || target.equals("aws"),
                "target (lshell.target) is \"" + target + "\", but there are local and aws");
        problems.require(
                !local || endpoint == null,
                "endpoint (lshell.endpoint) is set, but target=local has its own; say -Dlshell.target=aws");
        problems.require(local || !session.isOffline(), "Maven is offline (-o), but target=aws needs the network");
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        problems.require(
                !local || !windows, "target=local needs a POSIX system, and this is Windows; use -Dlshell.target=aws");
        return local ? Target.LOCAL : Target.AWS;
    }
}
