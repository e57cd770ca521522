package io.github.lambdashell.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.HandlerSteps;
import io.github.lambdashell.check.run.CheckRunner;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.report.html.HtmlReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Failures of events that are passed several times, or not at all. */
class EventFailuresTest {
    private static final String CHECK =
            "[{name: orders, handler: com.example.App, event: {id: 1}, invocations: 30, warmup: 2%s}]";

    private final List<String> lines = new ArrayList<>();

    private CheckReport run(HandlerSteps steps, String elements) {
        return new CheckRunner(
                        steps, Checks.options("run", 1, false), List.of(new ConsoleReport(new PlainLog(lines::add))))
                .run(Checks.read(CHECK.formatted(elements)));
    }

    private static HandlerResult.Error error(int invocation, String message) {
        return new HandlerResult.Error(
                invocation, "com.example.OrderException", message, List.of("com.example.App.handle(App.java:7)"));
    }

    @Test
    void theLogHasTheFirstErrorAndThePageHasEqualErrorsOnce() {
        String page = HtmlReport.of(run(
                new HandlerSteps()
                        .errors(error(2, "lost"), error(5, "late"), error(6, "lost"))
                        .failed(12),
                ""));

        assertThat(lines)
                .contains("      event {\"id\":1}, 30 invocations after 2 for warm-up")
                .containsSubsequence(
                        "      error of invocation 2, the first of 12:",
                        "      | com.example.OrderException: lost",
                        "      |     at com.example.App.handle(App.java:7)")
                .noneMatch(line -> line.contains("late"));
        assertThat(page)
                .containsSubsequence(
                        "<h4>error of invocations 2, 6</h4>\n<pre class=\"trace\">com.example.OrderException: lost\n",
                        "<h4>error of invocation 5</h4>\n<pre class=\"trace\">com.example.OrderException: late\n",
                        "<p class=\"quiet\">9 more errors</p>")
                .containsOnlyOnce("OrderException: lost\n");
    }

    @Test
    void aFailedInitializationHasNoFiguresOfInvocations() {
        String page = HtmlReport.of(run(new HandlerSteps().durationsMillis().errors(error(0, "no table")), ""));

        assertThat(lines)
                .contains(
                        "      - the handler could not be initialized: com.example.OrderException: no table",
                        "      error of the initialization:")
                .noneMatch(line -> line.contains("p95"));
        assertThat(page)
                .contains("<h4>error of the initialization</h4>", "<dt>invocations</dt><dd>0, 1 failed</dd>")
                .doesNotContain("<dt>p50</dt>", "<dt>max</dt>", "Duration of each invocation");
    }

    @Test
    void aWarmUpIsNamedAlsoBeforeASingleInvocation() {
        Checks.run("[{handler: com.example.App, event: {id: 1}, warmup: 2, response: x}]", new HandlerSteps())
                .forEach(new ConsoleReport(new PlainLog(lines::add))::finished);

        assertThat(lines).contains("      event {\"id\":1}, 1 invocation after 2 for warm-up");
    }

    @Test
    void aHeapThatCouldNotBeMeasuredHasItsReason() {
        HandlerSteps steps = new HandlerSteps()
                .durationsMillis(1, 2)
                .growth(new HandlerResult.Growth(1, -1, 0, OptionalLong.empty()))
                .heapReason("the JVM does not accept attachments");

        assertThat(HtmlReport.of(run(steps, "")))
                .contains("<dd>1 descriptor, -1 threads, 0 KB in /tmp, heap unknown: the JVM does not accept"
                        + " attachments</dd>");
    }

    @Test
    void aResponseThatADiffShowsIsNotRepeated() {
        run(new HandlerSteps().response("a\nb\n"), ", response: {equals: \"a\\nc\\n\"}");

        assertThat(lines).contains("        +b").noneMatch(line -> line.contains("response, 4 bytes"));
    }
}
