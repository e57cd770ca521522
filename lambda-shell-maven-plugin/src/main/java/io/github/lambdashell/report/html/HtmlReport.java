package io.github.lambdashell.report.html;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.report.text.Xml;
import io.github.lambdashell.target.InvocationReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Results as one page for people. It fetches nothing and runs no script, which its content security policy enforces, so
 * it can be opened from anywhere and sent to anybody.
 */
public final class HtmlReport {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss z", Locale.ENGLISH)
            .withZone(ZoneId.systemDefault());

    private final CheckReport report;
    private final StringBuilder html = new StringBuilder();

    private HtmlReport(CheckReport report) {
        this.report = report;
    }

    /** Returns the page. */
    public static String of(CheckReport report) {
        return new HtmlReport(report).page();
    }

    private String page() {
        String title = Xml.escape(report.title());
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\"")
                .append(" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
                .append("<title>")
                .append(title)
                .append("</title>\n<style>\n")
                .append(stylesheet())
                .append("</style>\n</head>\n<body>\n");
        header(title);
        html.append("<main>\n");
        problems();
        charts();
        html.append("<h2>Checks</h2>\n");
        filters();
        CheckSection section = new CheckSection(maxMillis());
        for (int i = 0; i < report.results().size(); i++) {
            html.append(section.of(report.results().get(i), anchor(i)));
        }
        html.append("</main>\n</body>\n</html>\n");
        return html.toString();
    }

    private static String stylesheet() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void header(String title) {
        boolean bad = report.interrupted() || report.problems() > 0;
        boolean good = !bad && report.count(Status.PASSED) > 0;
        html.append("<header class=\"")
                .append(bad ? "bad" : good ? "good" : "none")
                .append("\">\n<p class=\"title\">");
        html.append(title)
                .append("</p>\n<h1>")
                .append(verdict())
                .append("</h1>\n<p>")
                .append(Xml.escape(report.summary()));
        html.append("</p>\n<p class=\"quiet\">")
                .append(TIME.format(report.started()))
                .append(sandboxes())
                .append("</p>\n<p class=\"quiet\">")
                .append(Xml.escape(report.environment().runtime() + ", "
                        + report.environment().code()))
                .append("</p>\n");
        html.append("<div class=\"bar\">");
        for (Status status : Status.values()) {
            if (report.count(status) > 0) {
                html.append("<i class=\"")
                        .append(word(status))
                        .append("\" style=\"flex:")
                        .append(report.count(status));
                html.append("\" title=\"")
                        .append(report.count(status))
                        .append(' ')
                        .append(word(status))
                        .append("\"></i>");
            }
        }
        html.append("</div>\n</header>\n");
    }

    private String verdict() {
        long all = report.results().size();
        long passed = report.count(Status.PASSED);
        long bad = report.problems();
        if (report.interrupted()) {
            return "Interrupted, " + passed + " of " + all + " passed";
        }
        if (bad > 0) {
            return bad + " of " + all + " did not pass";
        }
        if (passed == 0) {
            return "No check ran";
        }
        long waived = report.count(Status.WAIVED);
        return passed == all
                ? "All " + all + " passed"
                : passed + " passed" + (waived > 0 ? ", " + waived + " waived" : "");
    }

    private String sandboxes() {
        List<CheckResult.Run> runs = report.results().stream()
                .flatMap(result -> result.run().stream())
                .toList();
        long sandboxes = runs.stream().map(CheckResult.Run::sandbox).distinct().count();
        long cold = runs.stream().filter(CheckResult.Run::coldStart).count();
        return " · " + sandboxes + (sandboxes == 1 ? " sandbox" : " sandboxes") + " · "
                + Text.count(cold, "cold start");
    }

    /** Lists the checks that did not pass, and those with a note on their waiver, each with a link to its details. */
    private void problems() {
        list("Not passed", result -> result.status().isProblem(), CheckResult::problem);
        list(
                "Waivers",
                result -> result.status() == Status.WAIVED
                        || result.status() == Status.PASSED && !result.reason().isEmpty(),
                CheckResult::reason);
    }

    private void list(String title, Predicate<CheckResult> selects, Function<CheckResult, String> description) {
        if (report.results().stream().noneMatch(selects)) {
            return;
        }
        html.append("<section class=\"problems\">\n<h2>").append(title).append("</h2>\n<ul>\n");
        for (int i = 0; i < report.results().size(); i++) {
            CheckResult result = report.results().get(i);
            if (selects.test(result)) {
                html.append("<li class=\"")
                        .append(word(result.status()))
                        .append("\"><a href=\"#")
                        .append(anchor(i))
                        .append("\">")
                        .append(Xml.escape(result.check().name()))
                        .append("</a> <span class=\"quiet\">")
                        .append(Xml.escape(result.check().place()))
                        .append("</span><br>")
                        .append(Xml.escape(description.apply(result)))
                        .append("</li>\n");
            }
        }
        html.append("</ul>\n</section>\n");
    }

    private void charts() {
        List<Chart.Column> durations = new ArrayList<>();
        List<Chart.Column> memory = new ArrayList<>();
        for (int i = 0; i < report.results().size(); i++) {
            CheckResult result = report.results().get(i);
            String name = result.check().name();
            String word = word(result.status());
            Optional<InvocationReport> metrics = result.run().flatMap(CheckResult.Run::metrics);
            double init = metrics.flatMap(InvocationReport::initDuration)
                    .map(HtmlReport::millis)
                    .orElse(0.0);
            double duration = result.run().map(run -> millis(run.duration())).orElse(-1.0);
            String cold = init > 0 ? ", and " + format(init) + " for the cold start" : "";
            String took = name + ": " + format(Math.max(duration, 0)) + cold;
            durations.add(new Chart.Column(anchor(i), word, duration, init, took));
            double used = metrics.map(InvocationReport::maxMemoryUsed).orElse(-1);
            memory.add(new Chart.Column(anchor(i), word, used, 0, name + ": " + Math.round(used) + " MB"));
        }
        String charts =
                new Chart(durations, HtmlReport::format, true).svg("Duration of each command, cold starts on top")
                        + new Chart(memory, megabytes -> Math.round(megabytes) + " MB", false)
                                .svg("Memory used by its sandbox");
        if (!charts.isEmpty()) {
            html.append("<section>\n<h2>Duration and memory</h2>\n")
                    .append(charts)
                    .append("</section>\n");
        }
    }

    private static String anchor(int index) {
        return "check-" + (index + 1);
    }

    private void filters() {
        html.append("<nav aria-label=\"Filter by status\">");
        for (Status status : Status.values()) {
            if (report.count(status) > 0) {
                String word = word(status);
                html.append("<label class=\"")
                        .append(word)
                        .append("\"><input type=\"checkbox\" id=\"show-")
                        .append(word);
                html.append("\" checked>")
                        .append(report.count(status))
                        .append(' ')
                        .append(word)
                        .append("</label>");
            }
        }
        html.append("</nav>\n");
    }

    private double maxMillis() {
        return report.results().stream()
                .flatMap(result -> result.run().stream())
                .mapToDouble(run -> millis(run.duration()))
                .max()
                .orElse(0);
    }

    static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String format(double millis) {
        return DurationText.format(Duration.ofNanos((long) (millis * 1e6)));
    }
}
