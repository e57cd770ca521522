package io.github.lambdashell.protocol;

import java.time.Duration;

/**
 * The end of one step.
 *
 * @param name the step's name, not null
 * @param skipped whether it did not run because an earlier step failed; the other values are then 0 and false
 * @param exitCode exit code of the shell, 128+n for signal n
 * @param timedOut whether a timeout ended it
 * @param duration run time, measured in the function, not null
 */
public record StepEnd(String name, boolean skipped, int exitCode, boolean timedOut, Duration duration) {}
