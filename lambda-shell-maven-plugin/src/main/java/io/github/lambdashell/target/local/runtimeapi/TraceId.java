package io.github.lambdashell.target.local.runtimeapi;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** X-Ray's trace header for an invocation that isn't sampled. */
final class TraceId {
    private TraceId() {}

    static String create() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format(
                Locale.ROOT,
                "Root=1-%08x-%08x%016x;Parent=%016x;Sampled=0",
                System.currentTimeMillis() / 1000,
                random.nextInt(),
                random.nextLong(),
                random.nextLong());
    }
}
