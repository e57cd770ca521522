package io.github.lambdashell.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * The target and its settings.
 *
 * @param kind this machine or AWS, not null
 * @param region null for the region that the SDK finds
 * @param profile profile of the shared configuration files; null for the SDK's default
 * @param endpoint endpoint of all services instead of AWS's own; null for those that the SDK finds
 * @param home the plugin's own directory for local stacks, records and histories, private to the user; not null
 * @param local settings of the local target, not null
 * @param proxy proxy for requests to AWS; null for the one that the SDK finds in system properties and environment
 *     variables
 * @param deploymentMode mode in which CloudFormation creates and deletes stacks, not null
 */
public record TargetConfig(
        Kind kind,
        String region,
        String profile,
        URI endpoint,
        Path home,
        LocalConfig local,
        ProxyConfig proxy,
        DeploymentMode deploymentMode) {
    /** The two targets. */
    public enum Kind {
        /** Sandboxes on this machine. */
        LOCAL,
        /** AWS, or the emulator at {@code endpoint}. */
        AWS
    }

    public TargetConfig {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(home);
        Objects.requireNonNull(local);
        Objects.requireNonNull(deploymentMode);
    }

    /** Creates a configuration with the default deployment mode. */
    public TargetConfig(
            Kind kind, String region, String profile, URI endpoint, Path home, LocalConfig local, ProxyConfig proxy) {
        this(kind, region, profile, endpoint, home, local, proxy, DeploymentMode.AUTO);
    }

    /** Creates a configuration without a proxy and with the default isolation. */
    public TargetConfig(Kind kind, String region, String profile, URI endpoint, Path home) {
        this(kind, region, profile, endpoint, home, LocalConfig.DEFAULT, null);
    }

    /** Returns the target's name in parameters and messages. */
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the directory of the local target's stacks. */
    public Path localState() {
        return home.resolve("local");
    }
}
