package io.github.lambdashell.report;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.report.text.ExcerptText;
import io.github.lambdashell.report.text.FailureText;
import io.github.lambdashell.report.text.Masker;
import io.github.lambdashell.report.text.Xml;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Results as the XML that CI systems read, by Surefire's schema: one suite as the root, a test case for each check with
 * at most one failure or error, whose body tells all.
 */
final class JUnitReport {
    /** The most lines of a stream in a failure's body; the whole excerpt stands beside it. */
    private static final int STREAM_LINES = 200;

    private final Masker masker;
    private final XMLStreamWriter xml;

    private JUnitReport(Masker masker, XMLStreamWriter xml) {
        this.masker = masker;
        this.xml = xml;
    }

    /** Writes one. */
    static String of(CheckReport report, Masker masker) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new JUnitReport(masker, xml).suite(report);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("can't write XML to a string", e);
        }
        return text.toString();
    }

    private void suite(CheckReport report) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        attribute("name", report.title());
        attribute("time", seconds(report.elapsed()));
        attribute("tests", String.valueOf(report.results().size()));
        attribute("errors", String.valueOf(report.count(Status.ERROR)));
        attribute("skipped", String.valueOf(report.count(Status.SKIPPED)));
        attribute("failures", String.valueOf(report.count(Status.FAILED)));
        properties(report);
        for (CheckResult result : report.results()) {
            xml.writeCharacters("\n  ");
            testcase(report.title(), result);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
    }

    private void properties(CheckReport report) throws XMLStreamException {
        Map<String, String> properties =
                new LinkedHashMap<>(report.surroundings().properties());
        if (report.interrupted()) {
            properties.put("interrupted", "true");
        }
        xml.writeCharacters("\n  ");
        xml.writeStartElement("properties");
        for (Map.Entry<String, String> property : properties.entrySet()) {
            xml.writeEmptyElement("property");
            attribute("name", "lshell." + property.getKey());
            attribute("value", property.getValue());
        }
        xml.writeEndElement();
    }

    private void testcase(String suite, CheckResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("name", result.check().name());
        attribute("classname", suite);
        attribute("time", seconds(result.elapsed()));
        switch (result.status()) {
            case FAILED -> problem("failure", summary(result), result);
            case ERROR -> problem("error", result.reason(), result);
            case SKIPPED -> {
                xml.writeStartElement("skipped");
                attribute("message", result.reason());
                xml.writeEndElement();
            }
            case PASSED -> {}
        }
        if (result.run().isPresent()) {
            CheckResult.Run run = result.run().get();
            element("system-out", ExcerptText.of(run.stdout(), masker).whole());
            element("system-err", ExcerptText.of(run.stderr(), masker).whole());
        }
        xml.writeEndElement();
    }

    private static String summary(CheckResult result) {
        String first = result.violations().get(0).text();
        int more = result.violations().size() - 1;
        return more == 0 ? first : first + ", and " + Text.count(more, "more violation");
    }

    private void problem(String element, String message, CheckResult result) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("message", message);
        attribute("type", element);
        data(FailureText.of(result, masker, STREAM_LINES).stream()
                .map(FailureText.Line::text)
                .collect(Collectors.joining("\n", "\n", "\n")));
        xml.writeEndElement();
    }

    private void element(String name, String text) throws XMLStreamException {
        if (!text.isEmpty()) {
            xml.writeStartElement(name);
            data(text);
            xml.writeEndElement();
        }
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Xml.legal(masker.mask(value)));
    }

    /** As CDATA, which leaves it readable for a person; its end inside of the text is split over two. */
    private void data(String text) throws XMLStreamException {
        xml.writeCData(Xml.legal(text).replace("]]>", "]]]]><![CDATA[>"));
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).toPlainString();
    }
}
