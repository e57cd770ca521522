package io.github.lambdashell.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.report.html.HtmlReport;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reports of a run with a waived failure, a waiver that is not needed any more, and a captured value. */
class WaiversInReportsTest {
    private static final Path SCHEMA = Path.of("target/test-schema/surefire-test-report.xsd");

    private static CheckReport report;

    @BeforeAll
    static void run() {
        report = Checks.runAt("2027-01-31T23:00:00Z", """
                - {name: known, run: "echo '<b>'; exit 1", waive: {until: 2027-01-31, reason: old & <slow>}, stdout: x}
                - {name: fixed, run: "true", waive: {until: 2027-06-30, reason: was broken}}
                - {name: source, run: echo '<21>', capture: {version: {pattern: '\\d+'}, all: {from: stdout}}}
                - {name: left out, run: "true", when: {target: aws}}
                """);
    }

    @Test
    void theLogWarnsOfThem() {
        List<String> lines = new ArrayList<>();
        ConsoleReport log = new ConsoleReport(new PlainLog(lines::add));
        report.results().forEach(log::finished);
        log.ended(report);

        assertThat(lines.stream().map(line -> line.replaceAll(" \\([\\d.]+ m?s(, cold start)?\\)", "")))
                .containsExactly(
                        "WAIVE known",
                        "      declared in commands.yaml:1:3, command 1",
                        "      waived until 2027-01-31 (UTC): old & <slow>",
                        "      - exit code is 1, but expected 0",
                        "      - stdout is \"<b>\", but expected \"x\"",
                        "PASS  fixed",
                        "      the check passes, so its waiver until 2027-06-30 can be removed: was broken",
                        "PASS  source",
                        "SKIP  left out (when: target is local, not aws)",
                        "4 checks: 2 passed, 1 waived, 1 skipped");
    }

    @Test
    void aRunWithWaivedFailuresDoesNotFail() {
        assertThatNoException().isThrownBy(() -> RunFailure.throwIfFailed(report, Path.of("page.html")));
    }

    @Test
    void junitHasThemAsSkippedAndInItsProperties() throws Exception {
        String xml = JUnitReport.of(report);

        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(SCHEMA.toFile())
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
        assertThat(xml)
                .contains("errors=\"0\" skipped=\"2\" failures=\"0\"")
                .contains("<property name=\"lshell.waived\" value=\"1\"/>")
                .contains(
                        "name=\"lshell.waiver.known\" value=\"waived until 2027-01-31 (UTC): old &amp; &lt;slow&gt;\"")
                .contains("name=\"lshell.waiver.fixed\" value=\"the check passes, so its waiver until 2027-06-30 can be"
                        + " removed: was broken\"")
                .contains(
                        "<skipped message=\"waived until 2027-01-31 (UTC): old &amp; &lt;slow&gt;; exit code is 1, but"
                                + " expected 0, and 1 more violation\"></skipped>")
                .contains("<skipped message=\"when: target is local, not aws\"></skipped>")
                .doesNotContain("<failure");
    }

    @Test
    void jsonCountsThemAndHasCapturedValues() throws Exception {
        JsonNode json = new ObjectMapper().readTree(JsonReport.of(report));

        assertThat(json.at("/waived").intValue()).isEqualTo(1);
        assertThat(json.at("/failed").intValue()).isZero();
        assertThat(json.at("/environment/architecture").textValue()).isEqualTo("x86_64");
        assertThat(json.at("/checks").findValuesAsText("status"))
                .containsExactly("waived", "passed", "passed", "skipped");
        assertThat(json.at("/checks/0/reason").textValue()).startsWith("waived until 2027-01-31");
        assertThat(json.at("/checks/0/violations")).hasSize(2);
        assertThat(json.at("/checks/1/reason").textValue()).startsWith("the check passes, so its waiver");
        assertThat(json.at("/checks/2/captures").toString()).isEqualTo("{\"version\":\"21\",\"all\":\"<21>\"}");
        assertThat(json.at("/checks/3/reason").textValue()).isEqualTo("when: target is local, not aws");
    }

    @Test
    void thePageListsThem() {
        String page = HtmlReport.of(report);

        assertThat(page)
                .contains("<header class=\"good\">")
                .contains("<h1>2 passed, 1 waived</h1>")
                .contains("<h2>Waivers</h2>")
                .contains("<li class=\"waived\"><a href=\"#check-1\">known</a>")
                .contains("<br>waived until 2027-01-31 (UTC): old &amp; &lt;slow&gt;</li>")
                .contains("<li class=\"passed\"><a href=\"#check-2\">fixed</a>")
                .contains("<details id=\"check-1\" class=\"check waived\" open>")
                .contains("<input type=\"checkbox\" id=\"show-waived\" checked>1 waived")
                .contains("<dt>captured version</dt><dd>21</dd>")
                .contains("<p class=\"reason\">when: target is local, not aws</p>")
                .doesNotContain("Not passed", "<slow>");
    }
}
