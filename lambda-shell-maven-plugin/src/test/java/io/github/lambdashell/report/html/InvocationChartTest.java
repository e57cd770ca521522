package io.github.lambdashell.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InvocationChartTest {
    private static String svg(int invocations) {
        List<Duration> durations = IntStream.rangeClosed(1, invocations)
                .mapToObj(i -> Duration.ofNanos(12_345L * i))
                .toList();
        return InvocationChart.of(durations, "passed");
    }

    @Test
    void fewInvocationsHaveAColumnEach() {
        assertThat(svg(1)).isEmpty();
        assertThat(svg(3))
                .contains("<b>Duration of each invocation</b>")
                .contains("0.0247 ms p50, 0.037 ms p95, 0.037 ms max, logarithmic scale")
                .contains("<title>1: 0.0123 ms</title>", "<title>3: 0.037 ms</title>");
    }

    @Test
    void manyInvocationsShareColumnsSoThatThePageRemainsSmall() {
        String svg = svg(100_000);

        assertThat(svg)
                .hasSizeLessThan(10_000)
                .contains("median of every 2500, their longest on top")
                .contains("617 ms p50, 1.172 s p95, 1.234 s max")
                .contains("<title>1 to 2500: 15.4 ms, up to 30.9 ms</title>");
        assertThat(svg.split("<line ")).as("lines of p50 and p95").hasSize(3);
    }
}
