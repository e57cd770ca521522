package io.github.lambdashell.fake;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.StackConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Configurations of stacks that are kept for a day, without settings that a test is not about. */
public final class StackConfigs {
    private StackConfigs() {}

    /**
     * Returns the configuration of a stack whose function is invoked as {@code $LATEST}.
     *
     * @param code null for the shell alone
     */
    public static StackConfig of(String name, FunctionSettings function, ProjectCode code) {
        return config(name, function, code, false, false, null);
    }

    /**
     * Returns the configuration of a stack {@code demo} whose function has versions.
     *
     * @param qualifier null for none
     */
    public static StackConfig version(FunctionSettings function, boolean publish, boolean snapStart, String qualifier) {
        return config("demo", function, null, publish, snapStart, qualifier);
    }

    private static StackConfig config(
            String name,
            FunctionSettings function,
            ProjectCode code,
            boolean publish,
            boolean snapStart,
            String qualifier) {
        return new StackConfig(
                name,
                function,
                code,
                Map.of(),
                null,
                List.of(),
                null,
                null,
                null,
                Duration.ofDays(1),
                false,
                publish,
                snapStart,
                qualifier,
                null);
    }
}
