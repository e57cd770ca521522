package io.github.lambdashell.stack;

import java.util.Objects;

/**
 * What a deploy came to.
 *
 * @param stack as it stands now, not null
 * @param changed false when all of it was there already
 */
public record Deployment(DeployedStack stack, boolean changed) {
    public Deployment {
        Objects.requireNonNull(stack);
    }
}
