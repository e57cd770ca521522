package io.github.lambdashell.run;

import io.github.lambdashell.config.DirectoryOwner;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.target.Target;
import io.github.lambdashell.target.aws.AwsTarget;
import io.github.lambdashell.target.local.LocalTarget;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Opens targets. Only the chosen one is loaded: the local target needs nothing of the AWS SDK. */
public final class Targets {
    private Targets() {}

    /**
     * Opens a target.
     *
     * @throws io.github.lambdashell.config.ShellException if it can't be opened, or the plugin's own directory belongs to
     *     another user
     */
    public static Target open(TargetConfig config) {
        DirectoryOwner.requireOwn(config.home());
        return switch (config.kind()) {
            case LOCAL -> new LocalTarget(config);
            case AWS -> new AwsTarget(config);
        };
    }

    /**
     * Opens a target to read: nothing is created, changed or removed.
     *
     * @throws io.github.lambdashell.config.ShellException if the plugin's own directory belongs to another user
     */
    public static Target openToRead(TargetConfig config) {
        DirectoryOwner.requireOwn(config.home());
        return switch (config.kind()) {
            case LOCAL -> LocalTarget.openToRead(config);
            case AWS -> new AwsTarget(config);
        };
    }

    /**
     * Returns what is masked: the target's credentials, and the values of some variables.
     *
     * @param names names of those variables, in the function's environment, in this process's, or in the commands'
     * @param commands environments of the commands
     */
    static Secrets secrets(Target target, StackConfig stack, List<String> names, Stream<Map<String, String>> commands) {
        return Secrets.of(
                target.secrets(),
                names,
                Stream.concat(Stream.of(stack.function().environmentVariables(), System.getenv()), commands));
    }
}
