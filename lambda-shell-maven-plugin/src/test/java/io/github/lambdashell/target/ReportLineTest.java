package io.github.lambdashell.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReportLineTest {
    @Test
    void readsAColdStart() {
        InvocationReport metrics = ReportLine.parse("INIT_START Runtime Version: java:21.v34\tRuntime Version ARN:"
                        + " arn:aws:lambda:us-east-1::runtime:8eeff65f\nSTART RequestId: a-1 Version: $LATEST\nEND RequestId: a-1\n"
                        + "REPORT RequestId: a-1\tDuration: 12.34 ms\tBilled Duration: 513 ms\tMemory Size: 512 MB\t"
                        + "Max Memory Used: 98 MB\tInit Duration: 500.5 ms\t\n")
                .orElseThrow();

        assertThat(metrics.requestId()).isEqualTo("a-1");
        assertThat(metrics.duration()).isEqualTo(Duration.ofNanos(12_340_000));
        assertThat(metrics.billedDuration()).isEqualTo(Duration.ofMillis(513));
        assertThat(metrics.memorySize()).isEqualTo(512);
        assertThat(metrics.maxMemoryUsed()).isEqualTo(98);
        assertThat(metrics.initDuration()).contains(Duration.ofNanos(500_500_000));
        assertThat(metrics.runtimeVersion()).contains("arn:aws:lambda:us-east-1::runtime:8eeff65f");
    }

    @Test
    void takesTheLastOfSeveralAndLeavesInitOutOfAWarmOne() {
        InvocationReport metrics = ReportLine.parse(
                        "REPORT RequestId: old\tDuration: 1.00 ms\tBilled Duration: 1 ms\t\n"
                                + "REPORT RequestId: new\tDuration: 2.00 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\t"
                                + "Max Memory Used: 40 MB\tStatus: timeout\n")
                .orElseThrow();

        assertThat(metrics.requestId()).isEqualTo("new");
        assertThat(metrics.initDuration()).isEmpty();
        assertThat(metrics.runtimeVersion()).isEmpty();
    }

    @Test
    void findsNothingInALogThatWasCutOrIsMissing() {
        assertThat(ReportLine.parse("")).isEmpty();
        assertThat(ReportLine.parse("echo REPORT RequestId: fake\tDuration: 1 ms"))
                .isEmpty();
    }
}
