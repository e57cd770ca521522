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
    void readsAColdStartAndARestoreFromPlatformEvents() {
        String start = """
                00Z","type":"platform.initStart","record":{}}
                {"time":"2026-11-29T12:00:00.000Z","type":"platform.initStart","record":{"initializationType":"on-demand",\
                "phase":"init","runtimeVersion":"java:21.v34","runtimeVersionArn":"arn:aws:lambda:us-east-1::runtime:8eef"}}
                {"level":"INFO","message":"the handler's own line of platform.report"}
                """;
        String report = """
                {"time":"2026-11-29T12:00:01.000Z","type":"platform.report","record":{"requestId":"a-1","metrics":\
                {"durationMs":12.34,"billedDurationMs":513,"memorySizeMB":512,"maxMemoryUsedMB":98%s},"status":"%s"%s}}
                """;

        InvocationReport cold = read(start + report.formatted(",\"initDurationMs\":500.5", "success", ""));
        assertThat(cold.line())
                .isEqualTo("REPORT RequestId: a-1\tDuration: 12.34 ms\tBilled Duration: 513 ms\tMemory Size: 512 MB\t"
                        + "Max Memory Used: 98 MB\tInit Duration: 500.50 ms\t");
        assertThat(cold.requestId()).isEqualTo("a-1");
        assertThat(cold.duration()).isEqualTo(Duration.ofNanos(12_340_000));
        assertThat(cold.billedDuration()).isEqualTo(Duration.ofMillis(513));
        assertThat(cold.memorySize()).isEqualTo(512);
        assertThat(cold.maxMemoryUsed()).isEqualTo(98);
        assertThat(cold.initDuration()).contains(Duration.ofNanos(500_500_000));
        assertThat(cold.restoreDuration()).isEmpty();
        assertThat(cold.runtimeVersion()).contains("arn:aws:lambda:us-east-1::runtime:8eef");

        InvocationReport restored = read(
                """
                {"time":"2026-11-29T12:00:00.000Z","type":"platform.restoreReport","record":{"status":"success",\
                "metrics":{"durationMs":545.17}}}
                """ + report.formatted(",\"restoreDurationMs\":545.17,\"billedRestoreDurationMs\":221", "success", ""));
        assertThat(restored.restoreDuration()).contains(Duration.ofNanos(545_170_000));
        assertThat(restored.line()).endsWith("\tRestore Duration: 545.17 ms\tBilled Restore Duration: 221 ms\t");

        InvocationReport timeout = read(report.formatted("", "timeout", ""));
        assertThat(timeout.line()).endsWith("\tStatus: timeout");
        InvocationReport failed = read("""
                {"type":"platform.initReport","record":{"phase":"init","status":"error","errorType":"Runtime.ExitError",\
                "metrics":{"durationMs":3}}}
                """ + report.formatted("", "error", ",\"errorType\":\"Runtime.ExitError\""));
        assertThat(failed.line()).endsWith("\tStatus: error\tError Type: Runtime.ExitError");
        assertThat(failed.initDuration()).contains(Duration.ofMillis(3));
    }

    private static InvocationReport read(String log) {
        return ReportLine.parse(PlatformEvents.asText(log)).orElseThrow();
    }

    @Test
    void readsTheRestoreOfATextLog() {
        InvocationReport restored = ReportLine.parse("RESTORE_REPORT Restore Duration: 545.17 ms\nREPORT RequestId: a\t"
                        + "Duration: 2.00 ms\tBilled Duration: 2 ms\tMemory Size: 512 MB\tMax Memory Used: 98 MB\t")
                .orElseThrow();

        assertThat(restored.restoreDuration()).contains(Duration.ofNanos(545_170_000));
        assertThat(restored.initDuration()).isEmpty();
    }

    @Test
    void findsNothingInALogThatWasCutOrIsMissing() {
        assertThat(ReportLine.parse("")).isEmpty();
        assertThat(ReportLine.parse("echo REPORT RequestId: fake\tDuration: 1 ms"))
                .isEmpty();
    }
}
