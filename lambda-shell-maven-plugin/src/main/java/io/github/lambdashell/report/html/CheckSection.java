package io.github.lambdashell.report.html;

import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Excerpt;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.report.text.Xml;
import io.github.lambdashell.target.InvocationReport;
import java.util.Locale;

/** A check in the page: a line with its status, which opens to all details. */
final class CheckSection {
    private final double maxMillis;
    private StringBuilder html;

    /** @param maxMillis the maximum duration of all checks in milliseconds, the full width of the logarithmic gauges */
    CheckSection(double maxMillis) {
        this.maxMillis = maxMillis;
    }

    String of(CheckResult result, String anchor) {
        html = new StringBuilder();
        String word = HtmlReport.word(result.status());
        boolean open = result.status().isProblem();
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
            html.append("<ul class=\"violations\">\n");
            result.violations().forEach(this::violation);
            html.append("</ul>\n");
        }
        html.append("<pre class=\"command\">")
                .append(Xml.escape(result.check().command().shown().strip()))
                .append("</pre>\n");
        result.run().ifPresent(run -> {
            stream("stdout", run.stdout());
            stream("stderr", run.stderr());
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
        if (!violation.hint().isEmpty()) {
            html.append("<p class=\"quiet\">")
                    .append(Xml.escape(violation.hint()))
                    .append("</p>");
        }
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

    private void facts(CheckResult result) {
        html.append("<dl>");
        fact("declared in", result.check().place());
        result.run().ifPresent(run -> {
            fact("exit code", run.exitCode() + (run.timedOut() ? ", timed out" : ""));
            fact("duration", DurationText.format(run.duration()));
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
