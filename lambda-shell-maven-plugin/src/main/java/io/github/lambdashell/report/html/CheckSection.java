package io.github.lambdashell.report.html;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.report.text.HandlerText;
import io.github.lambdashell.report.text.StackTrace;
import io.github.lambdashell.report.text.Xml;
import io.github.lambdashell.target.InvocationReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A check in the page: a line with its status, which opens to all details. */
final class CheckSection {
    /** Of an error's stack trace; the JSON report has all. */
    private static final int MAX_FRAMES = 100;

    private final double maxMillis;
    private StringBuilder html;

    /** @param maxMillis the maximum duration of all checks in milliseconds, the full width of the logarithmic gauges */
    CheckSection(double maxMillis) {
        this.maxMillis = maxMillis;
    }

    String of(CheckResult result, String anchor) {
        html = new StringBuilder();
        String word = HtmlReport.word(result.status());
        boolean open = result.status().isProblem() || result.status() == Status.WAIVED;
        html.append("<details id=\"").append(anchor).append("\" class=\"check ").append(word);
        html.append(open ? "\" open>\n" : "\">\n");
        summary(result, word);
        html.append("<div class=\"body\">\n");
        if (!result.reason().isEmpty()) {
            html.append("<p class=\"reason\">")
                    .append(Xml.escape(result.reason()))
                    .append("</p>\n");
        }
        if (!result.violations().isEmpty()) {
            violations(result.violations());
        }
        Check.Command command = result.check().command();
        html.append("<pre class=\"")
                .append(command.event().isPresent() ? "event" : "command")
                .append("\">")
                .append(Xml.escape(command.event()
                        .map(event -> HandlerText.event(command, event))
                        .orElse(command.shown().strip())))
                .append("</pre>\n");
        result.run().ifPresent(run -> {
            boolean isEvent = run.handler().isPresent();
            run.sampled().ifPresent(samples -> html.append(SampleTable.of(samples)));
            stream(isEvent ? "response" : "stdout", run.stdout());
            stream(isEvent ? "log" : "stderr", run.stderr());
            run.handler().ifPresent(handler -> {
                errors(command, handler);
                html.append(InvocationChart.of(handler.durations(), word));
            });
        });
        facts(result);
        return html.append("</div>\n</details>\n").toString();
    }

    private void summary(CheckResult result, String word) {
        html.append("<summary><span class=\"pill\">").append(word).append("</span><h3 class=\"name\">");
        html.append(Xml.escape(result.check().name())).append("</h3>");
        result.check().tags().stream().sorted().forEach(tag -> html.append("<span class=\"tag\">")
                .append(Xml.escape(tag))
                .append("</span>"));
        result.run().ifPresent(run -> {
            if (run.coldStart()) {
                html.append("<span class=\"tag cold\">cold start</span>");
            }
            double part =
                    maxMillis == 0 ? 0 : 100 * Math.log1p(HtmlReport.millis(run.duration())) / Math.log1p(maxMillis);
            html.append("<span class=\"took\"><span class=\"gauge\"><i style=\"width:")
                    .append(String.format(Locale.ROOT, "%.1f", part))
                    .append("%\"></i></span><b>")
                    .append(DurationText.format(run.duration()))
                    .append("</b></span>");
        });
        html.append("</summary>\n");
    }

    /** Adds the violations, those of facts that are not as they were as one table. */
    private void violations(List<Violation> violations) {
        List<Violation> ofFacts = violations.stream()
                .filter(violation -> !violation.changes().isEmpty())
                .toList();
        List<Violation> others = violations.stream()
                .filter(violation -> violation.changes().isEmpty())
                .toList();
        if (!others.isEmpty()) {
            html.append("<ul class=\"violations\">\n");
            others.forEach(this::violation);
            html.append("</ul>\n");
        }
        if (!ofFacts.isEmpty()) {
            html.append(ChangeTable.of(ofFacts));
            ofFacts.forEach(violation -> hint(violation.hint()));
        }
    }

    private void hint(String hint) {
        if (!hint.isEmpty()) {
            html.append("<p class=\"quiet\">").append(Xml.escape(hint)).append("</p>\n");
        }
    }

    private void violation(Violation violation) {
        html.append("<li>").append(Xml.escape(violation.text()));
        if (!violation.diff().isEmpty()) {
            html.append("<pre class=\"diff\">");
            for (String line : violation.diff()) {
                String kind = line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "same";
                html.append("<span class=\"")
                        .append(kind)
                        .append("\">")
                        .append(Xml.escape(line))
                        .append("</span>\n");
            }
            html.append("</pre>");
        }
        hint(violation.hint());
        html.append("</li>\n");
    }

    private void stream(String name, Excerpt excerpt) {
        if (excerpt.size() == 0) {
            return;
        }
        html.append("<h4>").append(name).append(" <span class=\"quiet\">").append(Text.count(excerpt.size(), "byte"));
        html.append(excerpt.binary() ? " of binary data" : "")
                .append("</span></h4>\n<pre class=\"stream\">")
                .append(AnsiHtml.render(excerpt.head()));
        if (excerpt.cut() > 0) {
            html.append("\n<span class=\"note\">")
                    .append(Xml.escape(excerpt.note()))
                    .append("</span>\n");
            html.append(AnsiHtml.render(excerpt.tail()));
        }
        html.append("</pre>\n");
    }

    /** Adds the errors, equal ones once; the project's own frames are bold. */
    private void errors(Check.Command command, HandlerResult handler) {
        Map<HandlerResult.Error, List<Integer>> invocations = new LinkedHashMap<>();
        for (HandlerResult.Error error : handler.errors()) {
            HandlerResult.Error group = new HandlerResult.Error(1, error.type(), error.message(), error.stackTrace());
            invocations.computeIfAbsent(group, any -> new ArrayList<>()).add(error.invocation());
        }
        invocations.forEach((error, numbers) -> error(HandlerText.errorTitle(numbers, command), error));
        int more = handler.failed() - handler.errors().size();
        if (more > 0) {
            html.append("<p class=\"quiet\">")
                    .append(Text.count(more, "more error"))
                    .append("</p>\n");
        }
    }

    private void error(String title, HandlerResult.Error error) {
        html.append("<h4>").append(title).append("</h4>\n<pre class=\"trace\">").append(Xml.escape(error.text()));
        for (String frame : error.stackTrace()
                .subList(0, Math.min(MAX_FRAMES, error.stackTrace().size()))) {
            boolean isOwn = StackTrace.isOwn(frame);
            html.append(isOwn ? "\n    at <span class=\"b\">" : "\n    at ")
                    .append(Xml.escape(frame))
                    .append(isOwn ? "</span>" : "");
        }
        int more = error.stackTrace().size() - MAX_FRAMES;
        if (more > 0) {
            html.append("\n<span class=\"note\">[... ")
                    .append(Text.count(more, "more frame"))
                    .append(" ...]</span>");
        }
        html.append("</pre>\n");
    }

    private void facts(CheckResult result) {
        html.append("<dl>");
        fact("declared in", result.check().place());
        result.captures().forEach((name, value) -> fact("captured " + name, Text.line(value)));
        result.run().ifPresent(run -> {
            if (run.handler().isEmpty()) {
                fact("exit code", run.exitCode() + (run.timedOut() ? ", timed out" : ""));
            }
            fact("duration", DurationText.format(run.duration()));
            run.handler().ifPresent(handler -> HandlerText.figures(handler).forEach(this::fact));
            run.metrics().ifPresent(this::metrics);
            fact("sandbox", run.sandbox());
            if (!run.stragglers().isEmpty()) {
                fact("still running", run.stragglers().shown());
            }
        });
        if (result.attempts() > 1) {
            fact("attempts", result.attempts() + " in " + DurationText.format(result.elapsed()));
        }
        html.append("</dl>\n");
    }

    private void metrics(InvocationReport metrics) {
        fact("billed", DurationText.format(metrics.billedDuration()));
        metrics.initDuration().ifPresent(init -> fact("initialization", DurationText.format(init)));
        metrics.restoreDuration().ifPresent(restore -> fact("restore", DurationText.format(restore)));
        fact("memory", metrics.maxMemoryUsed() + " of " + metrics.memorySize() + " MB");
    }

    private void fact(String name, String value) {
        html.append("<div><dt>")
                .append(name)
                .append("</dt><dd>")
                .append(Xml.escape(value))
                .append("</dd></div>");
    }
}
