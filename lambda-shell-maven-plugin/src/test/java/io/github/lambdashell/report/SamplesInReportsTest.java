package io.github.lambdashell.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.report.html.HtmlReport;
import io.github.lambdashell.session.StepResult;
import io.github.lambdashell.session.StepRunner;
import io.github.lambdashell.session.StepsResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reports of a check that failed in one of its samples, and of one that passed in all. */
class SamplesInReportsTest {
    private static final List<String> FAILED_LINES = List.of(
            "3 environments sampled, 1 fact differs",
            "cpuModel: <A> in 2, B in 1",
            "the same in all: cpus 2",
            "sample N failed: cpuModel B, sandbox sandbox-2");

    private static CheckReport report;

    @BeforeAll
    static void run() throws InterruptedException {
        StepRunner shell = new LocalShell();
        AtomicInteger requests = new AtomicInteger();
        StepRunner environments = steps -> {
            int number = requests.incrementAndGet();
            StepsResult result = shell.run(steps.subList(1, 2));
            List<StepResult> results = new ArrayList<>(result.steps());
            results.add(0, results.get(0));
            results.addAll(shell.run(
                            List.of(Step.of("sample", "echo cpus=2; echo 'cpuModel=" + (number == 2 ? "B'" : "<A>'"))))
                    .steps());
            if (number == 2) {
                results.set(
                        1,
                        shell.run(List.of(Step.of("command", "exit 1"))).steps().get(0));
            }
            return new StepsResult(results, "sandbox-" + number, true, result.metrics(), result.stragglers());
        };
        report = new CheckRunner(environments, Checks.options("run", 1, false), List.of()).run(Checks.read("""
                - {name: odd, run: "true", samples: 3}
                - {name: even, run: "true", samples: 2}
                """));
    }

    /** The number of a sample is the thread's that was first. */
    private static String numbered(String text) {
        return text.replaceAll("sample \\d", "sample N");
    }

    @Test
    void theLogHasTheSummaryOfBoth() {
        List<String> lines = new ArrayList<>();
        ConsoleReport log = new ConsoleReport(new PlainLog(lines::add));
        report.results().forEach(log::finished);

        assertThat(lines.stream().map(line -> numbered(line.strip())))
                .containsSubsequence(FAILED_LINES)
                .endsWith("2 environments sampled, all alike", "the same in all: cpuModel <A>, cpus 2");
    }

    @Test
    void junitHasItInTheFailureAndAsAProperty() {
        String xml = numbered(JUnitReport.of(report));

        assertThat(xml)
                .contains(String.join("\n", FAILED_LINES))
                .contains(
                        "<property name=\"lshell.samples.odd\" value=\"3 environments sampled, 1 fact differs; cpuModel:"
                                + " &lt;A&gt; in 2, B in 1; the same in all: cpus 2; sample N failed: ")
                .contains("<property name=\"lshell.samples.even\" value=\"2 environments sampled, all alike; ");
    }

    @Test
    void jsonHasItBesideTheSamples() throws Exception {
        JsonNode checks = new ObjectMapper().readTree(JsonReport.of(report)).get("checks");

        assertThat(checks.get(0).get("sampleSummary"))
                .extracting(line -> numbered(line.asText()))
                .containsExactlyElementsOf(FAILED_LINES);
        assertThat(checks.get(0).get("samples"))
                .filteredOn(sample -> sample.get("failed").asBoolean())
                .singleElement()
                .satisfies(sample -> assertThat(sample.get("sandbox").asText()).isEqualTo("sandbox-2"));
    }

    @Test
    void thePageHasATableOfWhatDiffers() {
        String html = numbered(HtmlReport.of(report));

        assertThat(html)
                .contains("<h4>3 environments sampled, 1 fact differs</h4>")
                .contains("<th scope=\"row\" rowspan=\"2\">cpuModel</th><td>&lt;A&gt;</td><td class=\"count\">2</td>")
                .contains("<tr><td>B</td><td class=\"count\">1</td><td class=\"share\"><i style=\"width:50.0%\">")
                .contains("<li>sample N failed: cpuModel B, sandbox sandbox-2</li>")
                .contains("<h4>2 environments sampled, all alike</h4>");
    }
}
