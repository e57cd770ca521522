package io.github.lambdashell.report.text;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.ready.ReadyMade;
import io.github.lambdashell.protocol.HandlerResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A failure for a person, line by line: the place of the check's declaration, its command or event, all violations, both
 * streams, the handler's first error. Control characters are escaped.
 */
public final class FailureText {
    /** The kind of a line, for its colour. */
    public enum Kind {
        /** Most lines. */
        PLAIN,
        /** An expected line that is missing. */
        REMOVED,
        /** A line that was not expected. */
        ADDED
    }

    /**
     * A line.
     *
     * @param kind its kind
     * @param text its text
     */
    public record Line(Kind kind, String text) {}

    /**
     * The size of a text.
     *
     * @param lines the maximum number of lines of each stream
     * @param length the maximum number of characters of a line
     */
    public record Limits(int lines, int length) {}

    private final Limits limits;
    private final List<Line> lines = new ArrayList<>();

    private FailureText(Limits limits) {
        this.limits = limits;
    }

    /** Returns the lines of a result. */
    public static List<Line> of(CheckResult result, Limits limits) {
        FailureText text = new FailureText(limits);
        text.full("declared in " + result.check().place());
        text.command(result.check().command());
        result.violations().forEach(text::violation);
        result.reason().lines().forEach(text::full);
        result.run().ifPresent(run -> {
            boolean isEvent = run.handler().isPresent();
            if (!result.check().command().readyMade() || !hasDiff(result.violations())) {
                text.stream(isEvent ? "response" : "stdout", run.stdout(), result.violations());
            }
            text.stream(isEvent ? "log" : "stderr", run.stderr(), result.violations());
            run.sampled().ifPresent(samples -> samples.lines().forEach(text::full));
            run.handler().ifPresent(handler -> text.error(result.check().command(), handler));
            if (!run.stragglers().isEmpty()) {
                text.plain("still running after the shell had ended: "
                        + run.stragglers().shown());
            }
        });
        return text.lines;
    }

    /** Adds a line of this plugin's own words, which is not shortened. */
    private void full(String line) {
        lines.add(new Line(Kind.PLAIN, line));
    }

    private static boolean hasDiff(List<Violation> violations) {
        return violations.stream().anyMatch(violation -> !violation.diff().isEmpty());
    }

    private void plain(String line) {
        add(Kind.PLAIN, line);
    }

    private void add(Kind kind, String line) {
        lines.add(new Line(kind, Text.line(line, limits.length())));
    }

    private void command(Check.Command command) {
        if (command.event().isPresent()) {
            plain(HandlerText.event(command, command.event().get()));
            return;
        }
        List<String> parts = command.shown().strip().lines().toList();
        for (int i = 0; i < parts.size(); i++) {
            plain((i == 0 ? "$ " : "> ") + parts.get(i));
        }
    }

    private void violation(Violation violation) {
        full("- " + violation.text());
        for (String line : violation.diff()) {
            Kind kind = line.startsWith("-") ? Kind.REMOVED : line.startsWith("+") ? Kind.ADDED : Kind.PLAIN;
            add(kind, "  " + line);
        }
        if (!violation.hint().isEmpty()) {
            full("  " + violation.hint());
        }
    }

    /** Adds a stream, unless violations show it already: by a diff, or line by line as those of ready-made checks. */
    private void stream(String name, Excerpt excerpt, List<Violation> violations) {
        boolean hasDiff = violations.stream()
                .anyMatch(violation -> violation.text().startsWith(name + " ")
                        && !violation.diff().isEmpty());
        List<String> head = new ArrayList<>(excerpt.head().lines().toList());
        List<String> tail = new ArrayList<>(excerpt.tail().lines().toList());
        long left = excerpt.lines() - head.size() - tail.size();
        Predicate<String> isShown = line -> violations.stream()
                .map(Violation::text)
                .anyMatch(text -> Text.line(line).equals(ReadyMade.NOT_OK + text)
                        || text.endsWith(ReadyMade.NOT_CHECKED + Text.line(line)));
        head.removeIf(isShown);
        tail.removeIf(isShown);
        if (hasDiff || head.isEmpty()) {
            return;
        }
        String size = name + ", " + Text.count(excerpt.size(), "byte");
        if (excerpt.binary()) {
            plain(size + " of binary data");
            return;
        }
        plain(size + ":");
        if (excerpt.cut() == 0 && head.size() <= limits.lines()) {
            head.forEach(this::output);
            return;
        }
        List<String> end = excerpt.cut() == 0 ? head : tail;
        int first = Math.min(head.size(), limits.lines() * 3 / 4);
        int last = Math.min(end.size(), limits.lines() - first);
        long more = left + head.size() + tail.size() - first - last;
        head.subList(0, first).forEach(this::output);
        output(more <= 0 ? excerpt.note() : "[... " + Text.count(more, "more line") + ", " + kept(excerpt) + " ...]");
        end.subList(end.size() - last, end.size()).forEach(this::output);
    }

    private static String kept(Excerpt excerpt) {
        return excerpt.cut() == 0
                ? "see the reports"
                : "the reports have " + excerpt.kept() + " of " + excerpt.size() + " bytes";
    }

    /** Adds the first error, whose stack trace has the project's own frames. */
    private void error(Check.Command command, HandlerResult handler) {
        if (handler.errors().isEmpty()) {
            return;
        }
        HandlerResult.Error first = handler.errors().get(0);
        String failed = handler.failed() == 1 ? "" : ", the first of " + handler.failed();
        plain(HandlerText.errorTitle(List.of(first.invocation()), command) + failed + ":");
        first.text().lines().forEach(this::output);
        StackTrace.shortened(first.stackTrace(), limits.lines()).forEach(this::output);
    }

    /** Adds a line of output. Its indentation by tabs, as stack traces have it, is not escaped. */
    private void output(String line) {
        int tabs = 0;
        while (tabs < line.length() && line.charAt(tabs) == '\t') {
            tabs++;
        }
        plain("| " + "    ".repeat(tabs) + line.substring(tabs));
    }
}
