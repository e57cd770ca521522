package io.github.lambdashell.console.command;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.check.learn.ChangingText;
import io.github.lambdashell.check.learn.CommandsFile;
import io.github.lambdashell.check.learn.LearnedCheck;
import io.github.lambdashell.check.learn.RanCommand;
import io.github.lambdashell.check.learn.SecretTexts;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.command.RecentCommands.Recent;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.CommandResult;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.Output;
import io.github.lambdashell.session.ShellSession;
import io.github.lambdashell.session.StepResult;
import io.github.lambdashell.session.StepRunner;
import io.github.lambdashell.session.StepSession;
import io.github.lambdashell.session.StepsResult;
import io.github.lambdashell.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes a check of a command of the session and appends it to the project's commandsFile. */
final class CheckLearner {
    /** Variables that a shell, an invocation or the prompt sets, and those whose value each use changes. */
    private static final Pattern OWN_VARIABLES = Pattern.compile("_|SHLVL|PWD|OLDPWD|COLUMNS|LINES|_X_AMZN_TRACE_ID"
            + "|HANDLER_PID|LSHELL_.*|BASH.*|RANDOM|SRANDOM|SECONDS|EPOCH.*|LINENO|PPID|PIPESTATUS|FUNCNAME|SHELLOPTS"
            + "|OPTIND|OPTERR|HISTCMD|DIRSTACK|IFS");

    private static final Pattern USED_VARIABLE = Pattern.compile("\\$\\{?[#!]?([A-Za-z_]\\w*)");
    private static final String DIRECTORY = "PWD";

    private final ShellSession session;
    private final Target target;
    private final CommandsFile file;
    private final Consumer<String> print;

    /** @param print prints a line for the user */
    CheckLearner(ShellSession session, Target target, CommandsFile file, Consumer<String> print) {
        this.session = session;
        this.target = target;
        this.file = file;
        this.print = print;
    }

    /**
     * How a check is made.
     *
     * @param name its name; empty for the command's first line
     * @param golden whether its output becomes a golden file
     * @param redactions whether text that changes is left out
     * @param again whether the command runs again, in a sandbox of its own
     * @param write whether the check is written, and not only shown
     */
    record Options(Optional<String> name, boolean golden, boolean redactions, boolean again, boolean write) {}

    /**
     * Makes a check of a command.
     *
     * @throws ShellException if it can't be one, or the commandsFile can't be changed, which is then as before
     */
    void learn(Recent command, Options options) throws InterruptedException {
        requireEnded(command.result());
        if (options.golden() && command.output().isCut()) {
            throw new ShellException(
                    "The command wrote more than " + RecentCommands.MAX_BYTES
                            + " bytes, of which no golden file is made",
                    "Use :check without --golden, or write the check with equalsFile and run -Dlshell.overwrite");
        }
        Set<String> taken = file.names();
        Connection connection = session.connection();
        RanCommand ran = ran(command, connection);
        boolean again = options.again() && target.describe().name().equals("local");
        Optional<RanCommand> second = again ? Optional.of(runAgain(ran, connection)) : Optional.empty();
        ChangingText changing = options.redactions()
                ? ChangingText.at(
                        Instant.now(),
                        List.of(connection.stack().name(), connection.stack().functionName()))
                : ChangingText.NONE;
        LearnedCheck check = LearnedCheck.of(
                options.name().orElseGet(() -> LearnedCheck.nameOf(command.text(), taken)),
                ran,
                second,
                changing,
                options.golden());
        check.yaml().lines().forEach(print);
        check.changes().forEach(change -> print.accept("changes from run to run: " + change));
        if (!check.changes().isEmpty()) {
            print.accept("another of its kind is accepted there; with --no-redactions it is expected as it is");
        }
        if (options.write()) {
            file.append(check).forEach(print);
            file.advice().ifPresent(print);
        }
    }

    private static void requireEnded(CommandResult result) {
        if (result.interrupted() || result.timedOut()) {
            throw new ShellException(
                    "The command was ended by " + (result.timedOut() ? "a timeout" : "Ctrl-C"),
                    "Make a check of a command that ends by itself");
        }
    }

    private RanCommand ran(Recent command, Connection connection) throws InterruptedException {
        Set<String> used = USED_VARIABLE
                .matcher(command.text())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        Map<String, String> fresh = variables(Set.of(), (request, output) -> session.runPlain(request, output));
        Map<String, String> own = variables(used, (request, output) -> session.runAt(command.state(), request, output));
        Map<String, String> changes = new TreeMap<>();
        own.forEach((name, value) -> {
            if (!value.equals(fresh.get(name)) && !OWN_VARIABLES.matcher(name).matches()) {
                changes.put(name, value);
            }
        });
        fresh.keySet().stream()
                .filter(name ->
                        !own.containsKey(name) && !OWN_VARIABLES.matcher(name).matches())
                .forEach(name -> changes.put(name, null));
        RanCommand ran = new RanCommand(
                command.text(),
                command.result().exitCode(),
                Map.of(
                        Stream.STDOUT, command.output().bytes(),
                        Stream.STDERR, command.output().stderrBytes()),
                command.output().isCut(),
                Optional.ofNullable(own.get(DIRECTORY)).filter(directory -> !directory.equals(fresh.get(DIRECTORY))),
                changes);
        new SecretTexts(target.secrets(), file.secretVariables(), List.of(System.getenv(), fresh, own)).require(ran);
        return ran;
    }

    private interface Run {
        CommandResult of(ShellRequest request, Captured output) throws InterruptedException;
    }

    /** Returns the exported variables, and those of other names that are set. */
    private static Map<String, String> variables(Set<String> names, Run run) throws InterruptedException {
        String script = "command env -0\n"
                + names.stream()
                        .map(name -> "if [ \"${" + name + "+x}\" ]; then command printf '%s=%s\\0' " + name + " \"$"
                                + name + "\"; fi\n")
                        .collect(Collectors.joining());
        Captured output = new Captured();
        CommandResult result = run.of(ShellRequest.command(script), output);
        Map<String, String> variables = new HashMap<>();
        for (String variable : output.stdout().split("\0")) {
            int end = variable.indexOf('=');
            if (end > 0 && variable.substring(0, end).matches("[A-Za-z_]\\w*")) {
                variables.put(variable.substring(0, end), variable.substring(end + 1));
            }
        }
        if (variables.isEmpty()) {
            throw new ShellException(
                    "The session's variables can't be read: env ended with exit code " + result.exitCode() + " "
                            + output.stderr(),
                    "Write the check by hand");
        }
        return variables;
    }

    /** Runs the command as a build does, in a sandbox that no other command has used. */
    private RanCommand runAgain(RanCommand ran, Connection connection) throws InterruptedException {
        StepRunner runner = new StepSession(connection.function()).isolated();
        Step step = new Step(
                "check",
                ran.command(),
                Optional.empty(),
                new byte[0],
                ran.workingDirectory().orElse(null),
                ran.environment(),
                null,
                false);
        StepsResult results = session.handler().map(runner::with).orElse(runner).run(List.of(step));
        StepResult again = results.steps().get(0);
        Output stdout = again.stdout();
        Output stderr = again.stderr();
        try {
            if (again.timedOut() || again.exitCode() != ran.exitCode()) {
                String error = new String(firstBytes(stderr.size() > 0 ? stderr : stdout), StandardCharsets.UTF_8);
                throw new ShellException(
                        "In a new sandbox the command "
                                + (again.timedOut() ? "did not end" : "ended with exit code " + again.exitCode())
                                + ", but here with " + ran.exitCode()
                                + error.strip()
                                        .lines()
                                        .findFirst()
                                        .map(line -> ": " + Text.line(line, 200))
                                        .orElse("")
                                + ". It needs something that earlier commands left, such as files in /tmp or functions",
                        "Put it into the command, as in :check NAME -- mkdir -p /tmp/a && ls /tmp/a");
            }
            return new RanCommand(
                    ran.command(),
                    again.exitCode(),
                    Map.of(Stream.STDOUT, firstBytes(stdout), Stream.STDERR, firstBytes(stderr)),
                    Math.max(stdout.size(), stderr.size()) > RecentCommands.MAX_BYTES,
                    ran.workingDirectory(),
                    ran.environment());
        } finally {
            close(stdout, stderr, again.output());
        }
    }

    private static void close(Output... outputs) {
        try {
            for (Output output : outputs) {
                output.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't remove a temporary file", e);
        }
    }

    private static byte[] firstBytes(Output output) {
        try (var in = output.open()) {
            return in.readNBytes(RecentCommands.MAX_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the command's output back", e);
        }
    }
}
