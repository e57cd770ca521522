package io.github.lambdashell.report.text;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * A failure as a person reads it, line by line: where the check is declared, its command, all that did not hold, both
 * streams. Without secrets, and without anything that acts on a terminal.
 */
public final class FailureText {
    /** What a line is, for its colour. */
    public enum Kind {
        /** Most of it. */
        PLAIN,
        /** Was expected and is not there. */
        REMOVED,
        /** Is there and was not expected. */
        ADDED
    }

    /**
     * One line.
     *
     * @param kind what it is
     * @param text what it says
     */
    public record Line(Kind kind, String text) {}

    private final Masker masker;
    private final int streamLines;
    private final List<Line> lines = new ArrayList<>();

    private FailureText(Masker masker, int streamLines) {
        this.masker = masker;
        this.streamLines = streamLines;
    }

    /**
     * Writes one.
     *
     * @param streamLines the most lines of each stream
     */
    public static List<Line> of(CheckResult result, Masker masker, int streamLines) {
        FailureText text = new FailureText(masker, streamLines);
        text.plain("declared in " + result.check().place());
        text.command(result.check().command().shown());
        result.violations().forEach(text::violation);
        result.reason().lines().forEach(text::plain);
        result.run().ifPresent(run -> {
            text.stream("stdout", run.stdout());
            text.stream("stderr", run.stderr());
            if (!run.stragglers().isEmpty()) {
                text.plain("still running when the shell had ended: "
                        + run.stragglers().shown());
            }
        });
        return text.lines;
    }

    private void plain(String line) {
        lines.add(new Line(Kind.PLAIN, masker.mask(line)));
    }

    private void command(String command) {
        List<String> parts =
                masker.mask(command).strip().lines().map(Text::line).toList();
        for (int i = 0; i < parts.size(); i++) {
            lines.add(new Line(Kind.PLAIN, (i == 0 ? "$ " : "> ") + parts.get(i)));
        }
    }

    private void violation(Violation violation) {
        plain("- " + violation.text());
        for (String line : violation.diff()) {
            Kind kind = line.startsWith("-") ? Kind.REMOVED : line.startsWith("+") ? Kind.ADDED : Kind.PLAIN;
            lines.add(new Line(kind, "  " + masker.mask(line)));
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
        for (String line : ExcerptText.of(excerpt, masker).lines(streamLines)) {
            lines.add(new Line(Kind.PLAIN, "| " + line));
        }
    }
}
