package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.runtimeapi.Failure;
import java.util.Optional;

/**
 * How an invocation ended.
 *
 * @param failure empty when the function answered
 * @param logTail the last 4096 bytes of its log, with the platform's lines
 */
public record InvocationResult(Optional<Failure> failure, byte[] logTail) {}
