package io.github.lambdashell.console.command;

import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.binding.TypedCheck;
import io.github.lambdashell.check.ready.ReadyMade;
import io.github.lambdashell.check.run.FunctionFacts;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.Suggestion;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.terminal.Screen;
import io.github.lambdashell.console.terminal.Spinner;
import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.CommandResult;
import io.github.lambdashell.session.Output;
import io.github.lambdashell.session.ShellQuoting;
import io.github.lambdashell.session.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Levenshtein;

/** {@code :check reachable db:5432}, or {@code :check NAME}, which makes a check of the last command. */
final class CheckCommand extends ColonCommand {
    /** A block or a list of YAML; an IPv6 address begins with a bracket too, but ends with its port. */
    private static final Pattern FLOW = Pattern.compile("\\{.*|\\[.*]", Pattern.DOTALL);

    private static final Pattern BEFORE_A_NAME = Pattern.compile("\\s*:c\\w*\\s+\\S*");
    private static final String GOLDEN = "--golden";
    private static final String NO_REDACTIONS = "--no-redactions";
    private static final String NO_RUN = "--no-run";
    private static final String SHOW = "--show";
    private static final List<String> OPTIONS = List.of(GOLDEN, NO_REDACTIONS, NO_RUN, SHOW);
    private static final Pattern BACK = Pattern.compile("-[1-9]\\d{0,3}");
    /** Options and a name, and a command. */
    private static final Pattern TYPED = Pattern.compile("((?:.*?\\s)??)--\\s+(\\S.*)", Pattern.DOTALL);

    /** A name of this length resembles others by chance, such as java and jvm. */
    private static final int MAX_SHORT_NAME = 5;

    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;

    CheckCommand() {
        super("check", "[NAME ...]", "make a check of the last command, or run a ready one");
    }

    /** Returns the names that can complete a line of the prompt; empty unless it is about to name a check. */
    static List<String> completions(String line) {
        return BEFORE_A_NAME.matcher(line).matches() ? TypedCheck.names() : List.of();
    }

    /** Reads the check. */
    static ReadyMade read(String text) {
        String[] parts = text.split("\\s+", 2);
        String values = parts.length == 1 ? "" : parts[1];
        return FLOW.matcher(values).matches()
                ? TypedCheck.read(parts[0], values, List.of())
                : TypedCheck.read(parts[0], "", split(values, "check"));
    }

    /**
     * What to make a check of, and how.
     *
     * @param back the command's position, 1 for the last one
     * @param command the command to run first; empty for one that has run
     * @param options how the check is made
     */
    record Learning(int back, Optional<String> command, CheckLearner.Options options) {}

    /**
     * Reads how to make a check; empty if the arguments are those of a ready-made check.
     *
     * @throws ShellException if they are neither
     */
    static Optional<Learning> learning(String text) {
        Matcher typed = TYPED.matcher(text);
        boolean isTyped = typed.matches();
        List<String> words = split(isTyped ? typed.group(1) : text, "check");
        String first = words.isEmpty() ? "" : words.get(0);
        boolean isQuoted = text.startsWith("'") || text.startsWith("\"");
        if (!isQuoted && isReadyMade(first)) {
            return Optional.empty();
        }
        int back = 1;
        List<String> name = new ArrayList<>();
        Set<String> options = new HashSet<>();
        for (String word : words) {
            if (BACK.matcher(word).matches()) {
                back = Integer.parseInt(word.substring(1));
            } else if (OPTIONS.contains(word)) {
                options.add(word);
            } else if (word.startsWith("--") && !isQuoted) {
                throw new ShellException(
                        "Unknown option '" + word + "'", "The options are " + String.join(", ", OPTIONS));
            } else {
                name.add(word);
            }
        }
        return Optional.of(new Learning(
                back,
                isTyped ? Optional.of(typed.group(2)) : Optional.empty(),
                new CheckLearner.Options(
                        name.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", name)),
                        options.contains(GOLDEN),
                        !options.contains(NO_REDACTIONS),
                        !options.contains(NO_RUN),
                        !options.contains(SHOW))));
    }

    /** Returns whether a word is the name of a ready-made check, or probably a misspelt one. */
    private static boolean isReadyMade(String word) {
        return TypedCheck.names().stream().anyMatch(name -> Levenshtein.distance(name, word) <= 1)
                || word.length() > MAX_SHORT_NAME
                        && Suggestion.nearest(word, TypedCheck.names()).isPresent();
    }

    private static void learn(Learning learning, PromptContext context) throws InterruptedException, DetachedException {
        if (learning.command().isPresent()) {
            String command = learning.command().get();
            FrameListener listener = context.transcript().begin(command, context.screen());
            int exitCode = FAILED;
            try {
                exitCode = context.recent().run(command, context, listener).exitCode();
            } finally {
                context.screen().endOutput();
                context.transcript().end(exitCode);
            }
        }
        RecentCommands.Recent command = context.recent().last(learning.back());
        Spinner spinner = Spinner.start(context.screen(), "running it as a check", () -> true);
        try {
            new CheckLearner(context.session(), context.target(), context.commandsFile(), line -> {
                        spinner.end();
                        context.screen().print(line);
                    })
                    .learn(command, learning.options());
        } finally {
            spinner.end();
        }
        context.exitCode().set(0);
    }

    @Override
    void run(String text, PromptContext context) throws InterruptedException, DetachedException {
        context.exitCode().set(FAILED);
        Optional<Learning> learning = learning(text);
        if (learning.isPresent()) {
            learn(learning.get(), context);
            return;
        }
        ReadyMade check = read(text);
        requireTarget(check, context);
        Captured output = new Captured();
        context.transcript().begin(":check " + text, output);
        int exitCode = FAILED;
        try {
            Map<String, String> facts =
                    FunctionFacts.of(List.of(check.script()), context.runner().connect(), context.target());
            CommandResult result = context.runner().runAside(script(check, facts), "waiting for the check", output);
            if (result.interrupted()) {
                exitCode = INTERRUPTED;
            } else if (result.timedOut()) {
                context.screen().note("ended by " + context.runner().effectiveTimeout());
            } else {
                exitCode = show(check, result, output, context);
            }
        } finally {
            context.exitCode().set(exitCode);
            context.transcript().end(exitCode);
        }
    }

    private void requireTarget(ReadyMade check, PromptContext context) {
        check.requirement()
                .filter(needed ->
                        !needed.target().equals(context.target().describe().name()))
                .ifPresent(needed -> {
                    throw new ShellException(
                            check.word() + " can't be checked here: " + needed.reason(),
                            "Start the shell with -Dlshell.target=" + needed.target());
                });
    }

    /** Returns the script with the variables that it finds in a build. */
    private static String script(ReadyMade check, Map<String, String> facts) {
        StringBuilder script = new StringBuilder();
        facts.forEach((variable, value) -> script.append("export ")
                .append(variable)
                .append('=')
                .append(ShellQuoting.quote(value))
                .append('\n'));
        return script + check.script();
    }

    /** Shows what was checked, first what is as expected, and returns the exit code. */
    private static int show(ReadyMade check, CommandResult result, Captured output, PromptContext context) {
        Output stdout = Output.of(output.stdout());
        StepResult step = new StepResult(
                check.word(),
                false,
                result.exitCode(),
                false,
                Duration.ZERO,
                Optional.empty(),
                stdout,
                Output.of(output.stderr()),
                stdout);
        List<Violation> violations;
        try {
            violations = check.verdict().violations(Observation.of(step));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the output of " + check.word(), e);
        }
        AttributedStyle green = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
        AttributedStyle red = AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
        output.stdout()
                .lines()
                .filter(line -> !line.startsWith(ReadyMade.NOT_OK))
                .forEach(line -> print(line, line.startsWith("ok - ") ? green : AttributedStyle.DEFAULT, context));
        violations.forEach(violation -> print(ReadyMade.NOT_OK + violation.text(), red, context));
        return violations.isEmpty() ? 0 : FAILED;
    }

    private static void print(String line, AttributedStyle style, PromptContext context) {
        Screen screen = context.screen();
        screen.print(screen.styled(line, style));
        context.transcript().add(line);
    }
}
