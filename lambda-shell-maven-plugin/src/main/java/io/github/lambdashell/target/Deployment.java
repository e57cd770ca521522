package io.github.lambdashell.target;

import java.util.Objects;

/**
 * The result of a deploy.
 *
 * @param stack the stack after the deploy, not null
 * @param changed whether anything was created or updated
 */
public record Deployment(DeployedStack stack, boolean changed) {
    public Deployment {
        Objects.requireNonNull(stack);
    }
}
