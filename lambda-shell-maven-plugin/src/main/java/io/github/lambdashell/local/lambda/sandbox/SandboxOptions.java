package io.github.lambdashell.local.lambda.sandbox;

import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.local.lambda.runtime.LocalRuntimes;
import java.util.List;
import java.util.Objects;

/**
 * How the local target runs functions.
 *
 * @param concurrency how many invocations of one function may run at once, at least 1
 * @param isolation how far functions are to be kept apart from the machine, not null
 * @param runtimes that it has, not null
 */
public record SandboxOptions(int concurrency, IsolationMode isolation, LocalRuntimes runtimes) {
    /** Ten at once, isolated as far as the machine allows, with the runtimes that it shows. */
    public static final SandboxOptions DEFAULT =
            new SandboxOptions(10, IsolationMode.AUTO, new LocalRuntimes(List.of()));

    public SandboxOptions {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency: " + concurrency);
        }
        Objects.requireNonNull(isolation);
        Objects.requireNonNull(runtimes);
    }
}
