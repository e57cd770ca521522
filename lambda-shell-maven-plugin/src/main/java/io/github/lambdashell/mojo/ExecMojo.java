package io.github.lambdashell.mojo;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.event.Event;
import io.github.lambdashell.check.golden.EqualsFile;
import io.github.lambdashell.check.run.Selection;
import io.github.lambdashell.config.Matrix;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.run.CommandFile;
import io.github.lambdashell.run.DryRun;
import io.github.lambdashell.run.LearnChecks;
import io.github.lambdashell.run.RunChecks;
import io.github.lambdashell.run.RunCommand;
import io.github.lambdashell.run.RunEvent;
import io.github.lambdashell.run.RunMatrix;
import io.github.lambdashell.target.Target;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/** Runs commands inside Lambda and fails the build when one of them is not as expected. */
@Mojo(name = "exec", defaultPhase = LifecyclePhase.VERIFY, requiresProject = false, threadSafe = true)
public final class ExecMojo extends AbstractRunningMojo {
    /** The checks: commands and what is expected of them. */
    @Parameter
    private PlexusConfiguration commands;

    /** A YAML or JSON file with more checks, in the same vocabulary. */
    @Parameter(property = "lshell.commandsFile")
    private File commandsFile;

    /** One command to run instead of the checks; its output is shown while it arrives. */
    @Parameter(property = "lshell.command")
    private String command;

    /**
     * A file with the command, relative to the project's directory, or {@code -} for standard input. The command is a
     * script of up to 4 MB for the shell.
     */
    @Parameter(property = "lshell.commandFile")
    private String commandFile;

    /**
     * One event to pass to the handler, instead of running the checks: JSON, or a file with it. The response is written to
     * standard output, what the handler writes to standard error.
     */
    @Parameter(property = "lshell.event")
    private String event;

    /**
     * A transcript that {@code :save} wrote at the prompt. Its commands become checks with the output that they had, which
     * are appended to the commandsFile. Nothing is deployed or run.
     */
    @Parameter(property = "lshell.learn")
    private File learn;

    /** The checks to run: names or tags with {@code *} and {@code ?}, separated by commas. Defaults to all. */
    @Parameter(property = "lshell.only")
    private String only;

    /** Named patterns for what changes from run to run in golden files. */
    @Parameter
    private PlexusConfiguration redactions;

    /** Writes golden files instead of comparing with them. */
    @Parameter(property = "lshell.overwrite", defaultValue = "false")
    private boolean overwrite;

    /** Number of checks that run at once, each in a sandbox of its own. */
    @Parameter(property = "lshell.parallel", defaultValue = "1")
    private int parallel;

    /**
     * Environments in which the checks run, each in a temporary stack: all combinations of {@code runtimes}, {@code
     * architectures} and {@code memorySizes}. A deployed stack is not used. With {@code allowMissing}, those that this machine
     * can't run do not fail the build.
     */
    @Parameter
    private PlexusConfiguration matrix;

    /** The runtimes of the matrix, separated by commas, instead of those of {@code matrix}. */
    @Parameter(property = "lshell.matrix.runtimes")
    private String matrixRuntimes;

    /** The architectures of the matrix, separated by commas, instead of those of {@code matrix}. */
    @Parameter(property = "lshell.matrix.architectures")
    private String matrixArchitectures;

    /** The memory sizes of the matrix, separated by commas, instead of those of {@code matrix}. */
    @Parameter(property = "lshell.matrix.memorySizes")
    private String matrixMemorySizes;

    /** Whether environments of the matrix that this machine can't run do not fail the build. */
    @Parameter(property = "lshell.matrix.allowMissing")
    private String matrixAllowMissing;

    /** Directory of the reports. Defaults to {@code lshell-reports} in the build directory. */
    @Parameter(property = "lshell.reportsDirectory")
    private File reportsDirectory;

    /**
     * Variables whose values are masked in logs and reports: of the function, of a command, or of this build's environment;
     * and captures.
     */
    @Parameter(property = "lshell.secretVariables")
    private List<String> secretVariables;

    /** Starts no further check after one has failed. */
    @Parameter(property = "lshell.failFast", defaultValue = "false")
    private boolean failFast;

    /** The environments of the checks; empty for the configured one. */
    private Optional<Matrix> environments = Optional.empty();

    /** The selected checks; empty if the goal runs none. */
    private List<Check> checks = List.of();

    @Override
    Goal prepare(Problems problems) {
        StackPlan stack = stackPlan(problems);
        List<String> secrets = ParameterValues.orEmpty(secretVariables);
        MavenConsole console = new MavenConsole(getLog());
        List<String> alternatives = Stream.of(
                        configured("command", command),
                        configured("commandFile", commandFile),
                        configured("event", event),
                        configured("learn", learn == null ? null : learn.getPath()))
                .flatMap(Optional::stream)
                .toList();
        problems.require(alternatives.size() <= 1, String.join(" and ", alternatives) + " are mutually exclusive");
        if (command != null) {
            RunCommand.check(command, problems);
            problems.require(
                    !hasSecondCommand(command, System.getProperty("sun.java.command", "")),
                    "command (lshell.command) may occur only once; join the commands with && or ;, or configure"
                            + " <commands>");
        }
        if (command != null || commandFile != null) {
            String script = command != null ? command : readCommandFile(problems);
            Optional<ProjectHandler> handler = isHandlerOfTemplate() ? Optional.empty() : projectHandler(problems);
            return target -> {
                RunCommand.run(target, lease(stack, target), script, handler, secrets, console, progress());
            };
        }
        if (event != null) {
            return eventGoal(stack, secrets, problems);
        }
        if (learn != null) {
            return target -> {
                LearnChecks.run(
                        learn.toPath(), new PomChecks(session(), execution()).commandsFile(), stackName(), console);
            };
        }
        if (commands != null || commandsFile != null) {
            PomChecks pom = new PomChecks(session(), execution());
            pom.warnings(commands).forEach(getLog()::warn);
            problems.require(parallel >= 1, "parallel (lshell.parallel) must be at least 1, but is " + parallel);
            environments = matrix(pom, problems);
            Settings settings = new Settings(
                    pom.directory(),
                    overwrite,
                    environments.isPresent(),
                    handlerName(problems),
                    snapStart(problems),
                    System.getenv(),
                    pom.properties(),
                    this::buildFiles);
            List<Check> all = pom.read(commands, redactions, commandsFile, settings, problems);
            requireHandler(all.stream().anyMatch(check -> check.handler().isPresent()), problems);
            Selection selection = new Selection(only);
            checks = withHandler(pom.select(selection, all, modules(), problems));
            if (checks.isEmpty()) {
                return target -> getLog().warn(selection.nothing(all));
            }
            environments.ifPresent(several -> refuseOverwrite(several, problems));
            Path reports = reportsDirectory == null ? pom.reportsDirectory() : reportsDirectory.toPath();
            if (environments.isPresent()) {
                return target -> RunMatrix.run(
                        target,
                        new RunMatrix.Request(
                                environments(stack, target),
                                environments.get().allowMissing(),
                                checks,
                                pom.title(),
                                reports,
                                secrets,
                                parallel,
                                failFast),
                        console,
                        progress());
            }
            return target -> RunChecks.run(
                    target,
                    new RunChecks.Request(
                            lease(stack, target), checks, pom.title(), reports, secrets, parallel, failFast),
                    console,
                    progress());
        }
        boolean hasModules = modules().selected().size() > 1;
        problems.require(
                hasModules && !modules().isOnCommandLine(),
                "command (lshell.command), commands or commandsFile is required, for example"
                        + " -Dlshell.command='uname -a'"
                        + (hasModules ? "; to run the checks of all modules, use mvn verify" : ""));
        return target -> getLog().info("No commands are configured for this module");
    }

    private Optional<Matrix> matrix(PomChecks pom, Problems problems) {
        Map<String, String> properties = new HashMap<>();
        properties.put("runtimes", matrixRuntimes);
        properties.put("architectures", matrixArchitectures);
        properties.put("memorySizes", matrixMemorySizes);
        properties.put("allowMissing", matrixAllowMissing);
        Optional<Matrix> read = pom.matrix(matrix, properties, isLocal(), problems);
        read.ifPresent(several -> {
            problems.require(!isKept(), "keep (lshell.keep) and matrix are mutually exclusive");
            problems.require(
                    !needsVersion(),
                    "qualifier (lshell.qualifier) and matrix are mutually exclusive, because a matrix uses no deployed"
                            + " function");
            problems.require(
                    several.runtimes().size() < 2 || !hasRootfs(),
                    "matrix: several runtimes and rootfs (lshell.local.rootfs) are mutually exclusive, because a root"
                            + " file system has one runtime");
        });
        return read;
    }

    /** Golden files have no environment in their names, so the last one to run would decide. */
    private void refuseOverwrite(Matrix several, Problems problems) {
        boolean hasGoldenFiles =
                checks.stream().flatMap(check -> check.expectations().stream()).anyMatch(EqualsFile.class::isInstance);
        problems.require(
                !overwrite || !hasGoldenFiles || several.combinations().size() < 2,
                "overwrite (lshell.overwrite) needs one environment for golden files; select it, for example with"
                        + " -Dlshell.matrix.runtimes=java21");
    }

    private List<RunMatrix.Environment> environments(StackPlan plan, Target target) {
        List<Matrix.Combination> combinations = environments.orElseThrow().combinations();
        List<StackConfig> configs = plan.configs(
                target, combinations.stream().map(Matrix.Combination::settings).toList());
        List<RunMatrix.Environment> all = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            Matrix.Combination combination = combinations.get(i);
            all.add(new RunMatrix.Environment(
                    combination.name(),
                    lease(configs.get(i), false),
                    Optional.ofNullable(combination.settings().memorySize())));
        }
        return all;
    }

    private static Optional<String> configured(String name, String value) {
        return Optional.ofNullable(value).map(configured -> name + " (lshell." + name + ")");
    }

    /** Returns the command of the file; empty if it can't be read. */
    private String readCommandFile(Problems problems) {
        try {
            return CommandFile.read(commandFile, new PomChecks(session(), execution()).directory());
        } catch (IllegalArgumentException e) {
            problems.add("commandFile (lshell.commandFile) " + e.getMessage());
            return "";
        }
    }

    @Override
    void dryRun(Target target) {
        super.dryRun(target);
        shown(target).forEach(check -> getLog().info("  " + DryRun.line(check, target)));
    }

    @Override
    void validate(Target target) {
        if (environments.isEmpty()) {
            super.validate(target);
        } else {
            RunMatrix.validate(target, environments(plan(), target), progress());
        }
    }

    @Override
    void list(Target target) {
        DryRun.writeNames(shown(target));
    }

    private List<Check> shown(Target target) {
        return DryRun.shown(target, checks, ParameterValues.orEmpty(secretVariables), variables());
    }

    private List<Check> withHandler(List<Check> checks) {
        boolean isNeeded = !isHandlerOfTemplate()
                || checks.stream().anyMatch(check -> check.command().event().isPresent());
        return isNeeded ? checks : checks.stream().map(Check::withoutHandler).toList();
    }

    private Goal eventGoal(StackPlan stack, List<String> secrets, Problems problems) {
        Optional<ProjectHandler> handler = projectHandler(problems);
        problems.require(handler.isPresent(), "event (lshell.event) requires handler (lshell.handler)");
        try {
            Path directory = new PomChecks(session(), execution()).directory();
            byte[] payload = Event.of(event, directory).bytes();
            return target -> {
                RunEvent.run(target, lease(stack, target), handler.orElseThrow(), payload, secrets, progress());
            };
        } catch (IllegalArgumentException e) {
            problems.add("event (lshell.event) " + e.getMessage());
            return target -> {};
        }
    }

    /** A command may look around without it, but a check would judge something else than the project. */
    @Override
    boolean requiresCode() {
        return command == null && commandFile == null && learn == null;
    }

    /**
     * Returns whether Maven's command line has another command; Maven passes on the last only.
     *
     * @param command the last one
     * @param arguments of Maven's process, separated by blanks
     */
    static boolean hasSecondCommand(String command, String arguments) {
        return arguments.replace("lshell.command=" + command, "").contains("-Dlshell.command=");
    }
}
