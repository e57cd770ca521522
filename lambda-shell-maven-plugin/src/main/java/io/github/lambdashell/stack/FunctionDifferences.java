package io.github.lambdashell.stack;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.target.DeployedStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Differences between the function that a build configures and the deployed one. Settings that the build does not
 * configure are not compared; the runtime is reported with the code.
 */
final class FunctionDifferences {
    private final List<String> found = new ArrayList<>();

    private FunctionDifferences() {}

    /**
     * Compares the settings.
     *
     * @param configured settings that the build itself configures, not null
     * @param config the stack that the build would deploy, not null
     * @return a clause for each difference, such as "memorySize is 512 in the stack, 1024 in this build"; of the
     *     variables only the number is known
     */
    static List<String> between(FunctionSettings configured, StackConfig config, DeployedStack stack) {
        FunctionSettings deployed = stack.function();
        FunctionDifferences differences = new FunctionDifferences();
        differences.compare("architecture", deployed.architecture(), configured.architecture());
        differences.compare("memorySize", deployed.memorySize(), configured.memorySize());
        differences.compare("timeout", seconds(deployed.timeout()), seconds(configured.timeout()));
        differences.compare("ephemeralStorage", deployed.ephemeralStorage(), configured.ephemeralStorage());
        List<String> layers = configured.layers();
        if (layers != null && !layers.isEmpty() && deployed.layers() != null) {
            differences.compare("layers", joined(deployed.layers()), joined(layers));
        }
        if (!configured.environmentVariables().isEmpty()) {
            int variables = config.function().environmentVariables().size();
            if (stack.variables() != variables) {
                differences.found.add("environmentVariables are " + stack.variables() + " in the stack, " + variables
                        + " in this build");
            }
        }
        return differences.found;
    }

    private static String joined(List<String> values) {
        return values.isEmpty() ? "none" : String.join(",", values);
    }

    private static Long seconds(Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }

    private void compare(String name, Object deployed, Object configured) {
        if (configured != null && deployed != null && !deployed.equals(configured)) {
            found.add(name + " is " + deployed + " in the stack, " + configured + " in this build");
        }
    }
}
