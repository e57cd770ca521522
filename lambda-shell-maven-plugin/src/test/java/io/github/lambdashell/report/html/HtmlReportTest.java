package io.github.lambdashell.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.MatrixReport;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.report.Hostile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page, as it is written and as headless Chromium (Debian's package {@code chromium}) shows it. */
@Timeout(180)
class HtmlReportTest {
    private static final Optional<Path> CHROMIUM = Stream.of("chromium", "chromium-browser", "google-chrome")
            .map(name -> Path.of("/usr/bin", name))
            .filter(Files::isExecutable)
            .findFirst();

    @TempDir
    private Path directory;

    private static String page;
    private static String matrix;

    @BeforeAll
    static void write() {
        CheckReport report = Hostile.report();
        page = HtmlReport.of(report);
        List<MatrixReport.Column> columns = new ArrayList<>();
        for (String name : List.of("java17-x86_64-512MB", "java17-x86_64-1024MB", "java21-x86_64-512MB", "<b>")) {
            columns.add(new MatrixReport.Column(name, report, Optional.empty()));
        }
        columns.add(new MatrixReport.Column("java8", report, Optional.of("no <JDK> 8")));
        matrix = HtmlReport.of(new MatrixReport("several", report.started(), report.elapsed(), columns));
    }

    @Test
    void aMatrixBeginsWithItsTableWhoseCellsLeadToTheDetails() {
        assertThat(matrix.indexOf("<table>")).isLessThan(matrix.indexOf("<section class=\"problems\">"));
        assertThat(matrix)
                .contains("<th scope=\"col\"><a href=\"#environment-4\">&lt;b&gt;</a></th>")
                .contains("<td class=\"failed\"><a href=\"#environment-2-check-3\">FAIL</a></td>")
                .contains("<td class=\"notrun error\"><a href=\"#environment-5\">not run</a></td>")
                .contains("<h2 id=\"environment-5\">java8</h2>\n<p class=\"quiet\">not run: no &lt;JDK&gt; 8</p>")
                .doesNotContain("environment-5-check", "s3cr3t");
        Set<String> anchors = Pattern.compile(" id=\"([^\"]*)\"")
                .matcher(matrix)
                .results()
                .map(id -> id.group(1))
                .collect(Collectors.toSet());
        assertThat(Pattern.compile("href=\"#([^\"]*)\"").matcher(matrix).results())
                .allMatch(link -> anchors.contains(link.group(1)));
    }

    @Test
    void itFetchesNothingAndRunsNothing() {
        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContain("<script", "<link", "<img", "@import", "url(", "http://", "https://")
                .doesNotContainPattern("<[^>]* on\\w+=");
    }

    @Test
    void secretsAreMasked() {
        assertThat(page).doesNotContain("s3cr3t").contains("secret ***");
    }

    @Test
    void missingOutputIsNoted() {
        assertThat(page).containsPattern("<span class=\"note\">\\[\\.\\.\\. \\d+ bytes not kept \\.\\.\\.]</span>");
        assertThat(page.length()).isLessThan(200_000);
    }

    @Test
    void problemsAreLinkedAtTheTop() {
        String problems = page.substring(page.indexOf("<section class=\"problems\">"), page.indexOf("<nav"));

        assertThat(problems)
                .contains("<li class=\"failed\"><a href=\"#check-3\">is not text</a>")
                .contains("<li class=\"error\"><a href=\"#check-7\">breaks</a>")
                .contains("commands.yaml:10:3, command 3</span><br>exit code is 1, but expected 0</li>")
                .doesNotContain(">passes<", ">rests<");
        assertThat(page).contains("<details id=\"check-3\"", "<details id=\"check-7\"");
    }

    @Test
    void anEventHasItsResponseItsLogAndTheHandlersFigures() {
        String section =
                page.substring(page.indexOf("<details id=\"check-8\""), page.indexOf("<details id=\"check-9\""));

        assertThat(section)
                .contains(
                        "<pre class=\"event\">event {&quot;order&quot;:1}, 2000 invocations after 10 for warm-up</pre>")
                .contains("<h4>response <span class=\"quiet\">19 bytes</span></h4>\n<pre class=\"stream\">{")
                .contains("<h4>log <span class=\"quiet\">8 bytes</span></h4>\n<pre class=\"stream\">started")
                .contains("<b>Duration of each invocation, median of every 50, their longest on top</b>"
                        + " <span>6 ms p50, 10 ms p95, 250 ms max, logarithmic scale</span>")
                .contains("<dt>handler initialization</dt><dd>800 ms</dd>")
                .contains("<dt>growth</dt><dd>2 descriptors, 0 threads, -5 KB in /tmp, 3.0 MB of heap</dd>")
                .doesNotContain("exit code");
    }

    @Test
    void anErrorOfAnInvocationHasItsStackTraceWithTheProjectsOwnFramesInBold() {
        assertThat(page.substring(page.indexOf("<details id=\"check-9\"")))
                .contains("<h4>error of the invocation</h4>\n<pre class=\"trace\">com.example.OrderException: no"
                        + " &lt;order&gt; ***\\x1b[1m\n"
                        + "    at java.base/java.util.Optional.orElseThrow(Optional.java:403)\n"
                        + "    at <span class=\"b\">com.example.Orders.find(Orders.java:12)</span>\n");
    }

    @Test
    void headingsSkipNoLevel() {
        int before = 0;
        Matcher heading = Pattern.compile("<h(\\d)").matcher(page);
        while (heading.find()) {
            int level = Integer.parseInt(heading.group(1));
            assertThat(level).as("after h" + before).isLessThanOrEqualTo(before + 1);
            before = level;
        }
        assertThat(page).contains("<h3 class=\"name\">passes</h3>");
    }

    @Test
    void chartsHaveNoTabStops() {
        String charts = page.substring(page.indexOf("<svg"), page.lastIndexOf("</svg>"));

        assertThat(charts).contains("<a tabindex=\"-1\"").doesNotContain("<a href", "role=\"img\"");
    }

    @Test
    void aRunInWhichEverythingWasSkippedIsNotGreen() {
        String skipped = HtmlReport.of(report("[{run: 'true', skip: true}]"));

        assertThat(skipped).contains("<header class=\"none\">").contains("<h1>No check ran</h1>");
        assertThat(HtmlReport.of(report("[{run: 'true'}]"))).contains("<header class=\"good\">");
    }

    /** WCAG 2, success criterion 1.4.3. */
    @ParameterizedTest
    @ValueSource(strings = {":root {", "@media (prefers-color-scheme: dark)"})
    void everyTextHasAContrastOfAtLeast4And5(String theme) {
        String declarations = page.substring(page.indexOf(theme)).replaceFirst("(?s)\\}.*", "");
        Map<String, Double> luminance = new HashMap<>();
        Matcher colour = Pattern.compile("--([\\w-]+): #(\\w{6})").matcher(declarations);
        while (colour.find()) {
            luminance.put(colour.group(1), luminance(Integer.parseInt(colour.group(2), 16)));
        }
        for (String text : List.of("ink", "quiet", "passed", "failed", "waived", "error", "skipped", "cold")) {
            for (String background : List.of("page", "card", "code")) {
                assertContrast(luminance, text, background);
            }
        }
        assertContrast(luminance, "added", "added-bg");
        assertContrast(luminance, "removed", "removed-bg");
        for (int i = 0; i < 16; i++) {
            assertContrast(luminance, "ansi" + i, "code");
        }
    }

    private static void assertContrast(Map<String, Double> luminance, String text, String background) {
        double a = luminance.get(text) + 0.05;
        double b = luminance.get(background) + 0.05;
        assertThat(Math.max(a, b) / Math.min(a, b))
                .as(text + " on " + background)
                .isGreaterThanOrEqualTo(4.5);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xff) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
    }

    private static double linear(int value) {
        double part = value / 255.0;
        return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private static CheckReport report(String checks) {
        return new CheckRunner(new LocalShell(), Checks.options("run", 1, false), List.of()).run(Checks.read(checks));
    }

    @Test
    void longOutputTakesLittlePaper() throws Exception {
        String html = HtmlReport.of(report("[{run: seq 9000; exit 1}]"));
        shown(html);
        Path pdf = directory.resolve("page.pdf");

        dom(html, "--print-to-pdf=" + pdf);

        Matcher pages =
                Pattern.compile("/Type\\s*/Page\\b").matcher(Files.readString(pdf, StandardCharsets.ISO_8859_1));
        assertThat(pages.results().count()).isBetween(1L, 2L);
    }

    /** The page's DOM after the browser has loaded it; the test is skipped where there is no browser that can. */
    private String shown(String html, String... options) throws IOException, InterruptedException {
        assumeThat(CHROMIUM)
                .as("SKIPPED: the page is not tried in a browser, as there is no chromium on this machine")
                .isPresent();
        // One that is confined to a home of its own, as from a snap, can't read the file.
        assumeThat(dom("<title>legible</title>"))
                .as("SKIPPED: the page is not tried in a browser, as %s can't show a file", CHROMIUM.get())
                .contains("<title>legible</title>");
        return dom(html, options);
    }

    private String dom(String html, String... options) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("page.html"), html);
        List<String> command = new ArrayList<>(List.of(
                CHROMIUM.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--user-data-dir=" + directory.resolve("profile")));
        command.addAll(List.of(options));
        command.addAll(List.of("--dump-dom", file.toUri().toString()));
        Process browser = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = browser.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            if (!browser.waitFor(60, TimeUnit.SECONDS)) {
                browser.destroyForcibly();
            }
        }
    }

    @Test
    void aBrowserShowsMarkupInOutputAsText() throws Exception {
        String dom = shown(page);

        assertThat(dom).contains("<title>hostile &lt;suite&gt;</title>").doesNotContain("<script", "<img");
        assertThat(dom)
                .contains("<pre class=\"stream\">"
                        + Hostile.MARKUP.replace("<", "&lt;").replace(">", "&gt;"));
        assertThat(Pattern.compile("<details id=").matcher(dom).results().count())
                .isEqualTo(9);
        assertThat(Pattern.compile("<details [^>]*open").matcher(dom).results().count())
                .as("what did not pass is open")
                .isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPhoneShowsItWithoutScrollingSideways(boolean isMatrix) throws Exception {
        // The page itself forbids scripts, so a copy that allows them measures itself.
        String measuring = (isMatrix ? matrix : page)
                .replaceFirst("<meta http-equiv[^>]*>", "")
                .replace(
                        "</body>",
                        "<script>document.title = document.documentElement.scrollWidth + ' in ' + innerWidth</script></body>");

        String title = shown(measuring, "--window-size=390,800").replaceAll("(?s).*?<title>(.*?)</title>.*", "$1");

        String[] widths = title.split(" in ");
        assertThat(Integer.parseInt(widths[0])).isLessThanOrEqualTo(Integer.parseInt(widths[1]));
    }
}
