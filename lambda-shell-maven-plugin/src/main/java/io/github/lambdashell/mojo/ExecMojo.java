package io.github.lambdashell.mojo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.binding.CheckConfiguration;
import io.github.lambdashell.check.binding.HostPlaceholders;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.check.run.Selection;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.console.StandardStreams;
import io.github.lambdashell.invoke.ShellRequest;
import io.github.lambdashell.report.ConsoleReport;
import io.github.lambdashell.report.Reports;
import io.github.lambdashell.report.text.Masker;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.stack.StackLease;
import java.io.File;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
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

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Override
    Goal prepare(Problems problems) {
        StackConfig stack = stackConfig(problems);
        if (command != null) {
            requireReadable(command, problems);
            return clients -> runCommand(stack, clients);
        }
        if (commands != null || commandsFile != null) {
            List<Check> checks = checks(problems);
            return clients -> runChecks(stack, checks, clients);
        }
        problems.require(
                session().getProjects().size() > 1,
                "No command is given; name one with -Dlshell.command='uname -a', or configure <commands> or"
                        + " <commandsFile> in the POM");
        return clients -> getLog().info("no commands are configured for this module");
    }

    /** Java puts this character where the locale could not read an argument, and what stood there is lost. */
    private static void requireReadable(String command, Problems problems) {
        problems.require(
                command.indexOf('\uFFFD') < 0,
                "lshell.command holds characters that this machine's locale could not read: " + command
                        + "; run Maven with LC_ALL=C.UTF-8, or give the command as a script to lshell:interactive");
    }

    /** Typed on the command line, the goal comes to every module, but one command is meant once. */
    private boolean isFirstOfBuild() {
        return execution.getSource() != MojoExecution.Source.CLI
                || session().getCurrentProject().equals(session().getTopLevelProject());
    }

    private void runCommand(StackConfig stack, AwsClients clients) throws MojoFailureException, InterruptedException {
        if (!isFirstOfBuild()) {
            return;
        }
        try (StackLease lease = StackLease.take(clients, stack, keep, progress());
                StandardStreams output = new StandardStreams(masker(clients, stack, List.of()))) {
            JsonNode result = Connection.function(lease.stack(), clients)
                    .invoke(ShellRequest.command(command), output)
                    .result();
            result.path("stragglers").forEach(straggler -> getLog().warn(
                            "still running when the shell had ended, its later output is not"
                                    + " shown: " + straggler.path("name").asText() + " (pid "
                                    + straggler.path("pid").asText() + ")"));
            int exitCode = result.path("exitCode").asInt();
            if (exitCode != 0) {
                throw new MojoFailureException((result.path("timedOut").asBoolean()
                                ? "The command ran into the function's timeout and"
                                : "The command")
                        + " ended with exit code " + exitCode);
            }
        }
    }

    private void runChecks(StackConfig stack, List<Check> checks, AwsClients clients)
            throws MojoFailureException, InterruptedException {
        try (StackLease lease = StackLease.take(clients, stack, keep, progress())) {
            Masker masker = masker(clients, stack, checks);
            ConsoleReport console = new ConsoleReport(new MavenConsole(getLog()), masker);
            CheckReport report = new CheckRunner(
                            new StepSession(Connection.function(lease.stack(), clients)),
                            new CheckRunner.Options(title(), parallel, failFast),
                            console)
                    .run(checks);
            getLog().info("reports: " + Reports.write(reportsDirectory(), report, masker));
            String summary = console.summary(report);
            if (report.count(Status.ERROR) > 0) {
                throw new ShellException(summary, "See above what could not be checked, and why");
            }
            if (report.count(Status.FAILED) > 0) {
                throw new MojoFailureException(summary);
            }
        }
    }

    /** Names the run in the reports, also among those of other modules and executions. */
    private String title() {
        return session().getCurrentProject().getArtifactId() + "-" + execution.getExecutionId();
    }

    private Masker masker(AwsClients clients, StackConfig stack, List<Check> checks) {
        Set<String> secrets = new HashSet<>(clients.secrets());
        for (String name : secretVariables == null ? List.<String>of() : secretVariables) {
            Stream.of(stack.function().environmentVariables().get(name), System.getenv(name))
                    .filter(Objects::nonNull)
                    .forEach(secrets::add);
            checks.stream()
                    .map(check -> check.command().environment().get(name))
                    .filter(Objects::nonNull)
                    .forEach(secrets::add);
        }
        return new Masker(secrets);
    }

    private Path reportsDirectory() {
        if (reportsDirectory != null) {
            return reportsDirectory.toPath();
        }
        MavenProject project = session().getCurrentProject();
        String build = project.getBasedir() == null
                ? session().getExecutionRootDirectory()
                : project.getBuild().getDirectory();
        return Path.of(build, "lshell-reports");
    }

    private List<Check> checks(Problems problems) {
        String place = "pom.xml, execution " + execution.getExecutionId();
        MavenProject project = session().getCurrentProject();
        for (PlexusConfiguration raw : RawPom.commands(project, execution)) {
            HostPlaceholders.warnings(PomTree.of(raw, place)).forEach(getLog()::warn);
        }
        problems.require(parallel >= 1, "parallel (lshell.parallel) is " + parallel + ", but it takes 1 or more");
        File directory = project.getBasedir();
        Settings settings = new Settings(
                directory == null ? Path.of(session().getExecutionRootDirectory()) : directory.toPath(), overwrite);
        List<Check> all = CheckConfiguration.read(
                PomTree.document(place, commands, redactions),
                Optional.ofNullable(commandsFile).map(File::toPath),
                settings,
                problems);
        return problems.isEmpty() ? new Selection(only).of(all) : all;
    }
}
