package io.github.lambdashell.report.text;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * A failure for a person, line by line: the place of the check's declaration, its command, all violations, both streams.
 * Control characters are escaped.
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

    private final int maxStreamLines;
    private final List<Line> lines = new ArrayList<>();

    private FailureText(int maxStreamLines) {
        this.maxStreamLines = maxStreamLines;
    }

    /**
     * Returns the lines of a result.
     *
     * @param maxStreamLines the maximum number of lines of each stream
     */
    public static List<Line> of(CheckResult result, int maxStreamLines) {
        FailureText text = new FailureText(maxStreamLines);
        text.plain("declared in " + result.check().place());
        text.command(result.check().command().shown());
        result.violations().forEach(text::violation);
        result.reason().lines().forEach(text::plain);
        result.run().ifPresent(run -> {
            text.stream("stdout", run.stdout());
            text.stream("stderr", run.stderr());
            if (!run.stragglers().isEmpty()) {
                text.plain("still running after the shell had ended: "
                        + run.stragglers().shown());
            }
        });
        return text.lines;
    }

    private void plain(String line) {
        lines.add(new Line(Kind.PLAIN, line));
    }

    private void command(String command) {
        List<String> parts = command.strip().lines().map(Text::line).toList();
        for (int i = 0; i < parts.size(); i++) {
            plain((i == 0 ? "$ " : "> ") + parts.get(i));
        }
    }

    private void violation(Violation violation) {
        plain("- " + violation.text());
        for (String line : violation.diff()) {
            Kind kind = line.startsWith("-") ? Kind.REMOVED : line.startsWith("+") ? Kind.ADDED : Kind.PLAIN;
            lines.add(new Line(kind, "  " + line));
        }
        if (!violation.hint().isEmpty()) {
            plain("  " + violation.hint());
        }
    }

    private void stream(String name, Excerpt excerpt) {
        if (excerpt.size() == 0) {
            plain(name + " is empty");
            return;
        }
        plain(name + ", " + Text.count(excerpt.size(), "byte") + ":");
        List<String> all = excerpt.text().lines().map(Text::line).toList();
        int first = all.size() <= maxStreamLines ? all.size() : maxStreamLines * 3 / 4;
        int last = Math.min(maxStreamLines, all.size()) - first;
        all.subList(0, first).forEach(line -> plain("| " + line));
        if (all.size() > maxStreamLines) {
            int cut = all.size() - maxStreamLines;
            plain("| [... " + Text.count(cut, "more line") + ", see the reports ...]");
            all.subList(all.size() - last, all.size()).forEach(line -> plain("| " + line));
        }
    }
}
