package io.github.lambdashell.report.html;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.MatrixReport;
import io.github.lambdashell.check.MatrixReport.Column;
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
import java.util.stream.Stream;

/**
 * Results as one page for people. It fetches nothing and runs no script, which its content security policy enforces, so
 * it can be opened from anywhere and sent to anybody.
 */
public final class HtmlReport {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss z", Locale.ENGLISH)
            .withZone(ZoneId.systemDefault());

    private final MatrixReport report;
    private final boolean isMatrix;
    private final StringBuilder html = new StringBuilder();

    private HtmlReport(MatrixReport report, boolean isMatrix) {
        this.report = report;
        this.isMatrix = isMatrix;
    }

    /** Returns the page. */
    public static String of(CheckReport report) {
        Column only = new Column("", report, Optional.empty());
        return new HtmlReport(
                        new MatrixReport(report.title(), report.started(), report.elapsed(), List.of(only)), false)
                .page();
    }

    /** Returns the page of a matrix, with its table at the top. */
    public static String of(MatrixReport report) {
        return new HtmlReport(report, true).page();
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
        if (isMatrix) {
            html.append(MatrixSection.of(report));
        }
        problems();
        if (isMatrix) {
            filters();
        }
        CheckSection section = new CheckSection(maxMillis());
        for (int column = 0; column < report.columns().size(); column++) {
            environment(column, section);
        }
        html.append("</main>\n</body>\n</html>\n");
        return html.toString();
    }

    private void environment(int index, CheckSection section) {
        Column column = report.columns().get(index);
        if (isMatrix) {
            html.append("<h2 id=\"")
                    .append(anchor(index))
                    .append("\">")
                    .append(Xml.escape(column.name()))
                    .append("</h2>\n<p class=\"quiet\">")
                    .append(Xml.escape(column.notRun()
                            .map(reason -> "not run: " + reason)
                            .orElseGet(() -> column.report().summary() + " · " + facts(column.report()))))
                    .append("</p>\n");
        }
        if (column.notRun().isPresent()) {
            return;
        }
        charts(index);
        if (!isMatrix) {
            html.append("<h2>Checks</h2>\n");
            filters();
        }
        List<CheckResult> results = column.report().results();
        for (int i = 0; i < results.size(); i++) {
            html.append(section.of(results.get(i), anchor(index, i)));
        }
    }

    private static String facts(CheckReport report) {
        return report.environment().runtime() + ", " + report.environment().code();
    }

    private static String stylesheet() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void header(String title) {
        boolean bad = report.interrupted() || report.failed();
        boolean good = !bad && report.count(Status.PASSED) > 0;
        html.append("<header class=\"")
                .append(bad ? "bad" : good ? "good" : "none")
                .append("\">\n<p class=\"title\">");
        html.append(title)
                .append("</p>\n<h1>")
                .append(verdict())
                .append("</h1>\n<p>")
                .append(Xml.escape(
                        isMatrix
                                ? report.summary()
                                : report.columns().get(0).report().summary()));
        html.append("</p>\n<p class=\"quiet\">")
                .append(TIME.format(report.started()))
                .append(sandboxes())
                .append("</p>\n");
        if (!isMatrix) {
            html.append("<p class=\"quiet\">")
                    .append(Xml.escape(facts(report.columns().get(0).report())))
                    .append("</p>\n");
        }
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
        long all = results().count();
        long passed = report.count(Status.PASSED);
        long bad = results().filter(result -> result.status().isProblem()).count();
        if (report.interrupted()) {
            return "Interrupted, " + passed + " of " + all + " passed";
        }
        if (bad > 0) {
            return bad + " of " + all + " did not pass";
        }
        if (report.failed()) {
            return Text.count(report.notRun().size(), "environment") + " not run";
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
        List<CheckResult.Run> runs =
                results().flatMap(result -> result.run().stream()).toList();
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
        if (results().noneMatch(selects)) {
            return;
        }
        html.append("<section class=\"problems\">\n<h2>").append(title).append("</h2>\n<ul>\n");
        for (int column = 0; column < report.columns().size(); column++) {
            items(column, selects, description);
        }
        html.append("</ul>\n</section>\n");
    }

    private void items(int column, Predicate<CheckResult> selects, Function<CheckResult, String> description) {
        Column environment = report.columns().get(column);
        if (environment.notRun().isPresent()) {
            return;
        }
        for (int i = 0; i < environment.report().results().size(); i++) {
            CheckResult result = environment.report().results().get(i);
            if (selects.test(result)) {
                html.append("<li class=\"")
                        .append(word(result.status()))
                        .append("\"><a href=\"#")
                        .append(anchor(column, i))
                        .append("\">")
                        .append(Xml.escape((isMatrix ? environment.name() + ": " : "")
                                + result.check().name()))
                        .append("</a> <span class=\"quiet\">")
                        .append(Xml.escape(result.check().place()))
                        .append("</span><br>")
                        .append(Xml.escape(description.apply(result)))
                        .append("</li>\n");
            }
        }
    }

    private void charts(int index) {
        List<CheckResult> results = report.columns().get(index).report().results();
        List<Chart.Column> durations = new ArrayList<>();
        List<Chart.Column> memory = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            CheckResult result = results.get(i);
            String name = result.check().name();
            String word = word(result.status());
            Optional<InvocationReport> metrics = result.run().flatMap(CheckResult.Run::metrics);
            double init = metrics.flatMap(InvocationReport::initDuration)
                    .map(HtmlReport::millis)
                    .orElse(0.0);
            double duration = result.run().map(run -> millis(run.duration())).orElse(-1.0);
            String cold = init > 0 ? ", and " + format(init) + " for the cold start" : "";
            String took = name + ": " + format(Math.max(duration, 0)) + cold;
            durations.add(new Chart.Column(anchor(index, i), word, duration, init, took));
            double used = metrics.map(InvocationReport::maxMemoryUsed).orElse(-1);
            memory.add(new Chart.Column(anchor(index, i), word, used, 0, name + ": " + Math.round(used) + " MB"));
        }
        String charts =
                new Chart(durations, HtmlReport::format, true).svg("Duration of each command, cold starts on top")
                        + new Chart(memory, megabytes -> Math.round(megabytes) + " MB", false)
                                .svg("Memory used by its sandbox");
        if (!charts.isEmpty()) {
            html.append("<section>\n")
                    .append(isMatrix ? "" : "<h2>Duration and memory</h2>\n")
                    .append(charts)
                    .append("</section>\n");
        }
    }

    /** Returns the results of the environments that were run. */
    private Stream<CheckResult> results() {
        return report.run().stream().flatMap(column -> column.report().results().stream());
    }

    /** Returns the anchor of an environment. */
    static String anchor(int column) {
        return "environment-" + (column + 1);
    }

    /** Returns the anchor of a check in a matrix. */
    static String anchorInMatrix(int column, int check) {
        return anchor(column) + "-check-" + (check + 1);
    }

    private String anchor(int column, int check) {
        return isMatrix ? anchorInMatrix(column, check) : "check-" + (check + 1);
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
        return results()
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
