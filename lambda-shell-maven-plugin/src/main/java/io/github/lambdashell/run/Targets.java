package io.github.lambdashell.run;

import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.target.Target;
import io.github.lambdashell.target.aws.AwsTarget;
import io.github.lambdashell.target.local.LocalTarget;

/** Opens targets. Only the chosen one is loaded: the local target needs nothing of the AWS SDK. */
public final class Targets {
    private Targets() {}

    /**
     * Opens a target.
     *
     * @throws io.github.lambdashell.config.ShellException if it can't be opened
     */
    public static Target open(TargetConfig config) {
        return switch (config.kind()) {
            case LOCAL -> new LocalTarget(config);
            case AWS -> new AwsTarget(config);
        };
    }
}
