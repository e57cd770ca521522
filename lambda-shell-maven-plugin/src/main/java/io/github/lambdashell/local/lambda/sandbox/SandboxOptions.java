package io.github.lambdashell.local.lambda.sandbox;

import io.github.lambdashell.config.IsolationMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * How the local target runs functions.
 *
 * @param concurrency how many invocations of one function may run at once, at least 1
 * @param isolation how far functions are to be kept apart from the machine, not null
 * @param javaHomes JDKs by version (11, 17, 21), such as Maven's toolchains know them; not null
 */
public record SandboxOptions(int concurrency, IsolationMode isolation, Map<Integer, Path> javaHomes) {
    /** Ten at once, isolated as far as the machine allows, and no JDKs but those that the environment names. */
    public static final SandboxOptions DEFAULT = new SandboxOptions(10, IsolationMode.AUTO, Map.of());

    /** As {@link #DEFAULT}, but isolated so far. */
    public static SandboxOptions isolated(IsolationMode isolation) {
        return new SandboxOptions(DEFAULT.concurrency, isolation, DEFAULT.javaHomes);
    }

    public SandboxOptions {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency: " + concurrency);
        }
        Objects.requireNonNull(isolation);
        javaHomes = Map.copyOf(Objects.requireNonNull(javaHomes));
    }
}
