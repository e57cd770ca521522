package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.target.local.runtime.LocalRuntimes;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The options of the local target's sandboxes.
 *
 * @param concurrency maximum of concurrent invocations of one function, at least 1
 * @param local configuration by users, not null
 * @param runtimes available runtimes, not null
 * @param sideChannel the port of 127.0.0.1 of the side channel, if functions use one
 */
public record SandboxOptions(int concurrency, LocalConfig local, LocalRuntimes runtimes, OptionalInt sideChannel) {
    /** Ten concurrent invocations, the best isolation that the machine allows, the machine's own programs. */
    public static final SandboxOptions DEFAULT = new SandboxOptions(10, LocalConfig.DEFAULT);

    public SandboxOptions {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency: " + concurrency);
        }
        Objects.requireNonNull(local);
        Objects.requireNonNull(runtimes);
    }

    /** Options with the runtimes of this machine and of the configuration. */
    public SandboxOptions(int concurrency, LocalConfig local) {
        this(concurrency, local, new LocalRuntimes(local), OptionalInt.empty());
    }
}
