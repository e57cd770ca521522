package io.github.lambdashell.mojo;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.binding.CheckConfiguration;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.console.StandardStreams;
import io.github.lambdashell.invoke.FunctionClient;
import io.github.lambdashell.invoke.ShellRequest;
import io.github.lambdashell.report.ConsoleReport;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.stack.StackLease;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/** Runs commands inside Lambda and fails the build when one of them is not as expected. */
@Mojo(name = "exec", defaultPhase = LifecyclePhase.VERIFY, requiresProject = false, threadSafe = true)
public final class ExecMojo extends AbstractDeployingMojo {
    /** The checks: commands with what is expected of them. */
    @Parameter
    private PlexusConfiguration commands;

    /** A YAML or JSON file with more checks, in the same words. */
    @Parameter(property = "lshell.commandsFile")
    private File commandsFile;

    /** One command to run instead of the checks; its output is shown as it comes. */
    @Parameter(property = "lshell.command")
    private String command;

    /** Begins no check after one has failed. */
    @Parameter(property = "lshell.failFast", defaultValue = "false")
    private boolean failFast;

    /** Leaves a stack up that this goal had to deploy. */
    @Parameter(property = "lshell.keep", defaultValue = "false")
    private boolean keep;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Override
    void executeMojo() throws MojoFailureException, InterruptedException {
        StackConfig stack = stackConfig();
        if (command != null) {
            runCommand(stack);
        } else if (commands != null || commandsFile != null) {
            runChecks(stack, checks());
        } else {
            throw new ShellException(
                    "No command is given",
                    "Name one with -Dlshell.command='uname -a', or configure <commands> or <commandsFile> in the POM");
        }
    }

    private void runCommand(StackConfig stack) throws MojoFailureException, InterruptedException {
        try (AwsClients clients = clients();
                StackLease lease = StackLease.take(clients, stack, keep, progress())) {
            int exitCode = function(clients, lease)
                    .invoke(ShellRequest.command(command), new StandardStreams())
                    .result()
                    .path("exitCode")
                    .asInt();
            if (exitCode != 0) {
                throw new MojoFailureException("The command ended with exit code " + exitCode);
            }
        }
    }

    private void runChecks(StackConfig stack, List<Check> checks) throws MojoFailureException, InterruptedException {
        try (AwsClients clients = clients();
                StackLease lease = StackLease.take(clients, stack, keep, progress())) {
            ConsoleReport console = new ConsoleReport(new MavenConsole(getLog()), UnaryOperator.identity());
            CheckRunner runner = new CheckRunner(
                    new StepSession(function(clients, lease)),
                    new CheckRunner.Options(execution.getExecutionId(), 1, failFast),
                    console);
            CheckReport report = runner.run(checks);
            String summary = console.summary(report);
            if (report.count(Status.ERROR) > 0) {
                throw new ShellException(summary, "See above what could not be checked, and why");
            }
            if (report.count(Status.FAILED) > 0) {
                throw new MojoFailureException(summary);
            }
        }
    }

    private List<Check> checks() {
        Path directory = session().getCurrentProject().getBasedir() == null
                ? Path.of(session().getExecutionRootDirectory())
                : session().getCurrentProject().getBasedir().toPath();
        return CheckConfiguration.read(
                Optional.ofNullable(commands)
                        .map(element -> PomTree.of(element, "pom.xml, execution " + execution.getExecutionId())),
                Optional.ofNullable(commandsFile).map(File::toPath),
                new Settings(directory, false));
    }

    private static FunctionClient function(AwsClients clients, StackLease lease) {
        return new FunctionClient(clients.lambda(), lease.stack().functionName().orElseThrow());
    }
}
