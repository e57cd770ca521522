package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.InvocationReport;
import io.github.lambdashell.target.local.runtimeapi.Failure;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The end of an invocation.
 *
 * @param failure empty if the function answered
 * @param report the figures of its REPORT line
 * @param logTail reads the last 4096 bytes of its log, with the platform's lines, when it is called
 */
public record InvocationResult(Optional<Failure> failure, InvocationReport report, Supplier<byte[]> logTail) {}
