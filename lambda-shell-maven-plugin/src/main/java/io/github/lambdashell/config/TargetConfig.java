package io.github.lambdashell.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Where the stack lives.
 *
 * @param target this machine or AWS, not null
 * @param region null for the SDK's own chain
 * @param profile of the shared configuration files, null for the SDK's own chain
 * @param endpoint of everything, instead of AWS's own; null for the SDK's own chain
 * @param home the plugin's own directory, private to the user: the local target's stacks, records, histories; not null
 * @param local how the local target runs functions, not null
 * @param proxy on the way to AWS, null for what the SDK finds in system properties and environment variables
 */
public record TargetConfig(
        Target target, String region, String profile, URI endpoint, Path home, LocalConfig local, ProxyConfig proxy) {
    /** The two targets; one path of code. */
    public enum Target {
        /** An endpoint that the plugin starts on 127.0.0.1. */
        LOCAL,
        /** AWS, or what {@code endpoint} names. */
        AWS
    }

    public TargetConfig {
        Objects.requireNonNull(target);
        Objects.requireNonNull(home);
        Objects.requireNonNull(local);
    }

    /** Without a proxy, and isolated as far as the machine allows. */
    public TargetConfig(Target target, String region, String profile, URI endpoint, Path home) {
        this(target, region, profile, endpoint, home, LocalConfig.DEFAULT, null);
    }

    /** The target as users write it. */
    public String name() {
        return target.name().toLowerCase(Locale.ROOT);
    }

    /** Whether the stacks are this machine's own. */
    public boolean isLocal() {
        return target == Target.LOCAL;
    }

    /** Where the local target keeps its stacks. */
    public Path localState() {
        return home.resolve("local");
    }
}
