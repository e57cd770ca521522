package io.github.lambdashell.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckReport;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class JUnitReportTest {
    /** Unpacked by the build from Surefire's published sources. */
    private static final Path SCHEMA = Path.of("target/test-schema/surefire-test-report.xsd");

    private static String xml;
    private static Document document;

    @BeforeAll
    static void writeAndParse() throws Exception {
        CheckReport report = Hostile.report();
        xml = JUnitReport.of(report);
        document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static Element testcase(String name) {
        NodeList cases = document.getElementsByTagName("testcase");
        return IntStream.range(0, cases.getLength())
                .mapToObj(i -> (Element) cases.item(i))
                .filter(testcase -> testcase.getAttribute("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent();
    }

    @Test
    void itIsValidBySurefiresSchema() throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(SCHEMA.toFile())
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
    }

    @Test
    void theSuiteIsTheRootAndCountsItsCases() {
        Element suite = document.getDocumentElement();
        assertThat(suite.getTagName()).isEqualTo("testsuite");
        assertThat(suite.getAttribute("name")).isEqualTo("hostile <suite>");
        assertThat(suite.getAttribute("tests")).isEqualTo("9");
        assertThat(suite.getAttribute("failures")).isEqualTo("5");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    }

    @Test
    void thePropertiesHaveTheEnvironmentAndTheFiguresOfHandlers() {
        Element properties = (Element)
                document.getDocumentElement().getElementsByTagName("properties").item(0);
        NodeList all = properties.getElementsByTagName("property");

        assertThat(IntStream.range(0, all.getLength())
                        .mapToObj(i -> (Element) all.item(i))
                        .map(property -> property.getAttribute("name") + "=" + property.getAttribute("value")))
                .containsExactly(
                        "lshell.target=local",
                        "lshell.stack=lshell-orders",
                        "lshell.runtime=java21",
                        "lshell.architecture=x86_64",
                        "lshell.code=target/orders.jar (12 KB, the project's artifact)",
                        "lshell.isolation=full, by bubblewrap",
                        "lshell.handler.answers often=invocations 2000; p50 6 ms; p95 10 ms; max 250 ms; handler"
                                + " initialization 800 ms; restore 95 ms; handler memory 100.0 MB; growth"
                                + " 2 descriptors, 0 threads, -5 KB in /tmp, 3.0 MB of heap",
                        "lshell.handler.throws=invocations 1, 1 failed; max 1.5 ms");
    }

    @Test
    void aFailureHasAllDetailsInOneElement() {
        Element failed = testcase("fails in <three> & \"ways\" ]]>");
        assertThat(failed.getElementsByTagName("failure").getLength()).isOne();
        Element failure = (Element) failed.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("exit code is 3, but expected 0, and 2 more violations");
        assertThat(failure.getTextContent())
                .contains("declared in commands.yaml:4:3")
                .contains("- exit code is 3, but expected 0")
                .contains("- stdout does not contain \"absent\"")
                .contains("- stderr has no line that matches '^oops'")
                .contains("| " + Hostile.MARKUP);
    }

    @Test
    void anEventHasItsResponseAndItsLogAsStreams() {
        assertThat(text(testcase("answers often"), "system-out")).isEqualTo("{\"statusCode\": 200}");
        assertThat(text(testcase("answers often"), "system-err")).isEqualTo("started\n");
        assertThat(text(testcase("throws"), "failure"))
                .contains("\nevent {\"order\":\"<i>\"}\n", "\n|     at com.example.App.<init>(App.java:7)\n");
    }

    @Test
    void invalidXmlCharactersAreShownByTheirNumber() {
        assertThat(text(testcase("fails in <three> & \"ways\" ]]>"), "system-out"))
                .endsWith("\\x1b[31mred\\x1b[0m \\x00\\x01\\x7f ]]> end\n");
    }

    @Test
    void secretsAreMasked() {
        assertThat(xml).doesNotContain("s3cr3t");
        assertThat(text(testcase("fails in <three> & \"ways\" ]]>"), "system-err"))
                .isEqualTo("secret ***\n");
        assertThat(text(testcase("breaks"), "error")).contains("The function <broke> with ***. Look at its log.");
    }

    @Test
    void aHugeStreamIsCutWithANote() {
        assertThat(text(testcase("writes a lot"), "system-out"))
                .hasSizeLessThan(40_000)
                .startsWith("1\n2\n")
                .containsPattern("\\[\\.\\.\\. \\d+ bytes not kept \\.\\.\\.]")
                .endsWith("99999\n100000\n");
    }
}
