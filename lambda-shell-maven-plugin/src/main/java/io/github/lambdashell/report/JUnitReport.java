package io.github.lambdashell.report;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.CheckResult;
import io.github.lambdashell.check.Status;
import io.github.lambdashell.report.text.FailureText;
import io.github.lambdashell.report.text.HandlerText;
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
 * at most one failure or error, whose body has all details; a waived failure is {@code skipped}, because no other element
 * leaves a test case without a failure. As the schema has properties only of the suite, these have the
 * figures of the handler for each check of an event, and the summary of the samples for each check that is sampled.
 */
final class JUnitReport {
    /** Of a stream in a failure's body; system-out and system-err have the full excerpt. */
    private static final FailureText.Limits LIMITS = new FailureText.Limits(200, 2000);

    private final XMLStreamWriter xml;

    private JUnitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Returns the document. */
    static String of(CheckReport report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new JUnitReport(xml).suite(report);
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
        attribute("skipped", String.valueOf(report.count(Status.SKIPPED) + report.count(Status.WAIVED)));
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
                new LinkedHashMap<>(report.environment().properties());
        if (report.interrupted()) {
            properties.put("interrupted", "true");
        }
        if (report.count(Status.WAIVED) > 0) {
            properties.put("waived", String.valueOf(report.count(Status.WAIVED)));
        }
        for (CheckResult result : report.results()) {
            boolean hasWaiver = result.status() == Status.WAIVED || result.status() == Status.PASSED;
            if (hasWaiver && !result.reason().isEmpty()) {
                properties.put("waiver." + result.check().name(), result.reason());
            }
            result.run()
                    .flatMap(CheckResult.Run::sampled)
                    .ifPresent(samples ->
                            properties.put("samples." + result.check().name(), String.join("; ", samples.lines())));
            result.run().flatMap(CheckResult.Run::handler).ifPresent(handler -> {
                String figures = HandlerText.figures(handler).entrySet().stream()
                        .map(figure -> figure.getKey() + " " + figure.getValue())
                        .collect(Collectors.joining("; "));
                properties.put("handler." + result.check().name(), figures);
            });
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
            case FAILED -> problem("failure", result.problem(), result);
            case ERROR -> problem("error", result.reason(), result);
            case SKIPPED -> skipped(result.reason());
            case WAIVED -> skipped(result.reason() + "; " + result.problem());
            case PASSED -> {}
        }
        if (result.run().isPresent()) {
            CheckResult.Run run = result.run().get();
            element("system-out", run.stdout().text());
            element("system-err", run.stderr().text());
        }
        xml.writeEndElement();
    }

    private void skipped(String message) throws XMLStreamException {
        xml.writeStartElement("skipped");
        attribute("message", message);
        xml.writeEndElement();
    }

    private void problem(String element, String message, CheckResult result) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("message", message);
        attribute("type", element);
        data(FailureText.of(result, LIMITS).stream()
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
        xml.writeAttribute(name, Xml.legal(value));
    }

    /** Writes CDATA, which people can read; a {@code ]]>} in the text is split over two sections. */
    private void data(String text) throws XMLStreamException {
        xml.writeCData(Xml.legal(text).replace("]]>", "]]]]><![CDATA[>"));
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).toPlainString();
    }
}
