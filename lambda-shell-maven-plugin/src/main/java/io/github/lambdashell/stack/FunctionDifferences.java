package io.github.lambdashell.stack;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a build says of its function and the deployed one has otherwise, as far as the stack's parameters tell, which
 * are known without asking for them. What the build doesn't say is the stack's own affair, and the runtime is told with
 * the code.
 */
final class FunctionDifferences {
    private final Map<String, String> deployed;
    private final List<String> found = new ArrayList<>();

    private FunctionDifferences(Map<String, String> deployed) {
        this.deployed = deployed;
    }

    /**
     * Compares.
     *
     * @param said by the build itself
     * @param config what the build would deploy
     * @return each as "memorySize is 512 in the stack, 1024 in this build"; the stack doesn't tell its variables' names
     *     and values, only how many there are
     */
    static List<String> between(FunctionSettings said, StackConfig config, DeployedStack stack) {
        FunctionDifferences differences = new FunctionDifferences(stack.parameters());
        differences.compare("architecture", "Architecture", said.architecture());
        differences.compare("memorySize", "MemorySize", said.memorySize());
        differences.compare("timeout", "Timeout", seconds(said.timeout()));
        differences.compare("ephemeralStorage", "EphemeralStorage", said.ephemeralStorage());
        differences.compare("layers", "Layers", isSaid(said.layers()) ? String.join(",", said.layers()) : null);
        if (!said.environmentVariables().isEmpty()) {
            differences.compareNumber(config.function().environmentVariables().size());
        }
        return differences.found;
    }

    private static boolean isSaid(List<String> values) {
        return values != null && !values.isEmpty();
    }

    private static Long seconds(Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }

    private void compare(String name, String parameter, Object said) {
        String there = deployed.get(parameter);
        if (said != null && there != null && !there.equals(said.toString())) {
            found.add(name + " is " + shown(there) + " in the stack, " + shown(said.toString()) + " in this build");
        }
    }

    private void compareNumber(int variables) {
        long there = deployed.keySet().stream()
                .filter(StackTemplate::isVariableParameter)
                .count();
        if (there != variables) {
            found.add("environmentVariables are " + there + " in the stack, " + variables + " in this build");
        }
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : value;
    }
}
