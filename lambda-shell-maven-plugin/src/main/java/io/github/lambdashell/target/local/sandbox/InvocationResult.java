package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.InvocationReport;
import io.github.lambdashell.target.ReportLine;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How an invocation ended.
 *
 * @param failure empty when the function answered
 * @param logTail the last 4096 bytes of its log, with the platform's lines
 */
public record InvocationResult(Optional<Failure> failure, byte[] logTail) {
    public InvocationReport report() {
        return ReportLine.parse(new String(logTail, StandardCharsets.UTF_8)).orElseThrow();
    }
}
