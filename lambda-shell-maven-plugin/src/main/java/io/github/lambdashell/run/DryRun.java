package io.github.lambdashell.run;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.target.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a goal can find out without a stack. */
public final class DryRun {
    private DryRun() {}

    /**
     * Validates a stack.
     *
     * @param handler the project's handler, empty for none
     * @throws io.github.lambdashell.config.ShellException if it can't be deployed, or can't run the handler
     */
    public static void validate(Target target, StackConfig config, Optional<String> handler) {
        HandlerRuntime.requireConfigured(handler.orElse(""), config);
        target.prepare(config).close();
    }

    /**
     * Returns the checks as reports show them, without secrets.
     *
     * @param names variables whose values are masked
     * @param variables the function's variables
     */
    public static List<Check> shown(
            Target target, List<Check> checks, List<String> names, Map<String, String> variables) {
        Secrets secrets = Secrets.of(
                target.secrets(),
                names,
                Stream.concat(
                        Stream.of(variables, System.getenv()),
                        checks.stream().map(check -> check.command().environment())));
        return checks.stream().map(check -> check.withTexts(secrets::mask)).toList();
    }

    /** Returns a check in a line: its name, its place, its tags, and whether it is skipped. */
    public static String line(Check check, Target target) {
        String tags = check.tags().isEmpty()
                ? ""
                : "; tags " + String.join(", ", check.tags().stream().sorted().toList());
        String skipped = check.skip()
                ? "; skipped"
                : check.requirement()
                        .filter(needed ->
                                !needed.target().equals(target.describe().name()))
                        .map(needed -> "; skipped: " + needed.reason())
                        .orElse("");
        return check.name() + " (" + check.place() + tags + skipped + ")";
    }

    /** Writes the names of checks to standard output. */
    public static void writeNames(List<Check> checks) {
        StandardStreams.print(names(checks));
    }

    /** Returns the names of checks, one in each line, with a tab and the tags where a check has some. */
    static String names(List<Check> checks) {
        StringBuilder lines = new StringBuilder();
        for (Check check : checks) {
            lines.append(check.name());
            if (!check.tags().isEmpty()) {
                lines.append('\t')
                        .append(String.join(",", check.tags().stream().sorted().toList()));
            }
            lines.append('\n');
        }
        return lines.toString();
    }
}
