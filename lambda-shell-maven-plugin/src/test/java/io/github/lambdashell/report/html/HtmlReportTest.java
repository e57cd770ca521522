package io.github.lambdashell.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.lambdashell.report.Hostile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

    @BeforeAll
    static void write() {
        page = HtmlReport.of(Hostile.report());
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
                .isEqualTo(7);
        assertThat(Pattern.compile("<details [^>]*open").matcher(dom).results().count())
                .as("what did not pass is open")
                .isEqualTo(5);
    }

    @Test
    void aPhoneShowsItWithoutScrollingSideways() throws Exception {
        // The page itself forbids scripts, so a copy that allows them measures itself.
        String measuring = page.replaceFirst("<meta http-equiv[^>]*>", "")
                .replace(
                        "</body>",
                        "<script>document.title = document.documentElement.scrollWidth + ' in ' + innerWidth</script></body>");

        String title = shown(measuring, "--window-size=390,800").replaceAll("(?s).*?<title>(.*?)</title>.*", "$1");

        String[] widths = title.split(" in ");
        assertThat(Integer.parseInt(widths[0])).isLessThanOrEqualTo(Integer.parseInt(widths[1]));
    }
}
