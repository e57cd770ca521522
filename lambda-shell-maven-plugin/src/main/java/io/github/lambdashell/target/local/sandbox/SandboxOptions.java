package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.target.local.runtime.LocalRuntimes;
import java.util.Objects;

/**
 * How the local target runs functions.
 *
 * @param concurrency how many invocations of one function may run at once, at least 1
 * @param local what users may choose, not null
 * @param runtimes that it has, not null
 */
public record SandboxOptions(int concurrency, LocalConfig local, LocalRuntimes runtimes) {
    /** Ten at once, isolated as far as the machine allows, with the machine's own tools. */
    public static final SandboxOptions DEFAULT = new SandboxOptions(10, LocalConfig.DEFAULT);

    public SandboxOptions {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency: " + concurrency);
        }
        Objects.requireNonNull(local);
        Objects.requireNonNull(runtimes);
    }

    /** With the runtimes that this machine and what users chose make. */
    public SandboxOptions(int concurrency, LocalConfig local) {
        this(concurrency, local, new LocalRuntimes(local));
    }
}
