package io.github.lambdashell.mojo;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.RunEnvironment;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.check.run.Selection;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.console.SingleCommand;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.report.ConsoleReport;
import io.github.lambdashell.report.FileReports;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.stack.StackLease;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** Which checks run: names or tags with {@code *} and {@code ?}, separated by commas; all unless said. */
    @Parameter(property = "lshell.only")
    private String only;

    /** Named patterns for what changes from run to run in golden files. */
    @Parameter
    private PlexusConfiguration redactions;

    /** Writes golden files instead of comparing with them. */
    @Parameter(property = "lshell.overwrite", defaultValue = "false")
    private boolean overwrite;

    /** How many checks run at once, each in a sandbox of its own. */
    @Parameter(property = "lshell.parallel", defaultValue = "1")
    private int parallel;

    /** Where the reports go; {@code lshell-reports} in the build directory unless said. */
    @Parameter(property = "lshell.reportsDirectory")
    private File reportsDirectory;

    /** Variables whose values no report and no log may show, of the function, a command or this build's environment. */
    @Parameter(property = "lshell.secretVariables")
    private List<String> secretVariables;

    /** Begins no check after one has failed. */
    @Parameter(property = "lshell.failFast", defaultValue = "false")
    private boolean failFast;

    /** Leaves a stack up that this goal had to deploy. */
    @Parameter(property = "lshell.keep", defaultValue = "false")
    private boolean keep;

    @Override
    Goal prepare(Problems problems) {
        StackPlan stack = stackPlan(problems);
        if (command != null) {
            SingleCommand single = new SingleCommand(command);
            single.check(problems);
            return clients -> {
                if (isFirstOfBuild()) {
                    run(single, stack.config(clients), clients);
                }
            };
        }
        if (commands != null || commandsFile != null) {
            PomChecks pom = new PomChecks(session(), execution());
            pom.warnings(commands).forEach(getLog()::warn);
            problems.require(parallel >= 1, "parallel (lshell.parallel) is " + parallel + ", but it takes 1 or more");
            List<Check> all = pom.read(commands, redactions, commandsFile, overwrite, problems);
            Selection selection = new Selection(only);
            List<Check> checks = pom.select(selection, all, problems);
            return checks.isEmpty()
                    ? clients -> getLog().warn(selection.nothing(all))
                    : clients -> run(checks, pom, stack.config(clients), clients);
        }
        problems.require(
                session().getProjects().size() > 1,
                "No command is given; name one with -Dlshell.command='uname -a', or configure <commands> or"
                        + " <commandsFile> in the POM");
        return clients -> getLog().info("no commands are configured for this module");
    }

    /** Typed on the command line, the goal comes to every module, but one command is meant once. */
    private boolean isFirstOfBuild() {
        return execution().getSource() != MojoExecution.Source.CLI
                || session().getCurrentProject().equals(session().getTopLevelProject());
    }

    private void run(SingleCommand single, StackConfig stack, AwsClients clients)
            throws MojoFailureException, InterruptedException {
        try (StackLease lease = StackLease.take(clients, stack, said(), keep, progress())) {
            failIf(single.run(
                    Connection.function(lease.stack(), clients),
                    secrets(clients, stack, List.of()),
                    new MavenConsole(getLog())));
        }
    }

    private void run(List<Check> checks, PomChecks pom, StackConfig stack, AwsClients clients)
            throws MojoFailureException, InterruptedException {
        Path reports = reportsDirectory == null ? pom.reportsDirectory() : reportsDirectory.toPath();
        MavenConsole log = new MavenConsole(getLog());
        try (StackLease lease = StackLease.take(clients, stack, said(), keep, progress())) {
            CheckRunner.Options options = new CheckRunner.Options(
                    pom.title(),
                    () -> new RunEnvironment(
                            clients.target().name(), lease.stack().name(), clients.isolation()),
                    parallel,
                    failFast,
                    secrets(clients, stack, checks));
            failIf(new CheckRunner(
                            new StepSession(Connection.function(lease.stack(), clients)),
                            options,
                            List.of(new FileReports(reports, log), new ConsoleReport(log)))
                    .run(checks)
                    .failure());
        }
    }

    private static void failIf(Optional<String> failure) throws MojoFailureException {
        if (failure.isPresent()) {
            throw new MojoFailureException(failure.get());
        }
    }

    private Secrets secrets(AwsClients clients, StackConfig stack, List<Check> checks) {
        return Secrets.of(
                clients.secrets(),
                secretVariables == null ? List.of() : secretVariables,
                Stream.concat(
                        Stream.of(stack.function().environmentVariables(), System.getenv()),
                        checks.stream().map(check -> check.command().environment())));
    }
}
