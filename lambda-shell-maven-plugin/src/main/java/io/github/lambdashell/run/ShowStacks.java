package io.github.lambdashell.run;

import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.stack.StackOverview;
import io.github.lambdashell.stack.StackStatus;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.StackLocation;
import io.github.lambdashell.target.Target;
import io.github.lambdashell.target.local.LocalTarget;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Shows the stacks that are known, and how to remove them. Changes nothing. */
public final class ShowStacks {
    private ShowStacks() {}

    /**
     * The form of the commands that remove stacks.
     *
     * @param goal the teardown as it follows {@code mvn}, not null
     * @param options those that every command needs, such as {@code -Dlshell.home=...}; empty for none
     * @param awsOptions those that a command for AWS needs besides
     */
    public record Removal(String goal, List<String> options, List<String> awsOptions) {
        String command(StackStatus stack) {
            StackLocation location = stack.location();
            StringBuilder command = new StringBuilder("mvn ").append(goal);
            append(command, "-Dlshell.stackName=" + stack.name());
            append(command, "-Dlshell.target=" + location.target());
            options.forEach(option -> append(command, option));
            if (!location.equals(StackLocation.LOCAL)) {
                append(command, "-Dlshell.region=" + location.region());
                awsOptions.forEach(option -> append(command, option));
            }
            return command.toString();
        }

        /** Quotes for a POSIX shell where that is necessary. */
        private static void append(StringBuilder command, String option) {
            command.append(' ')
                    .append(option.matches("[\\w./:=@%+,-]+") ? option : "'" + option.replace("'", "'\\''") + "'");
        }
    }

    /**
     * Shows the stacks of a target, of this machine, and of this machine's records.
     *
     * @param target opened to read
     * @param home the plugin's own directory
     * @throws io.github.lambdashell.config.ShellException if they can't be read
     */
    public static void run(Target target, Path home, Removal removal, DeployListener listener) {
        target.identity().ifPresent(listener::step);
        Instant now = Instant.now();
        List<StackStatus> stacks = stacks(target, home, now);
        if (stacks.isEmpty()) {
            listener.step("There is no stack (" + target.describe().name() + "), and none is recorded in " + home);
        }
        for (StackStatus stack : stacks) {
            listener.step(stack.line(now));
            listener.step("  to remove it: " + removal.command(stack));
        }
    }

    /**
     * Writes the same stacks for programs, one in each line.
     *
     * @param target opened to read
     * @param home the plugin's own directory
     * @param out not closed
     */
    public static void write(Target target, Path home, Removal removal, OutputStream out) {
        PrintStream lines = new PrintStream(out, false, StandardCharsets.UTF_8);
        stacks(target, home, Instant.now()).forEach(stack -> lines.print(stack.fields(removal.command(stack)) + "\n"));
        lines.flush();
    }

    private static List<StackStatus> stacks(Target target, Path home, Instant now) {
        StackOverview overview = new StackOverview(home, now);
        if (target.location().equals(StackLocation.LOCAL)) {
            return overview.read(List.of(target));
        }
        try (Target local = LocalTarget.openToRead(new TargetConfig(Kind.LOCAL, null, null, null, home))) {
            return overview.read(List.of(local, target));
        }
    }
}
