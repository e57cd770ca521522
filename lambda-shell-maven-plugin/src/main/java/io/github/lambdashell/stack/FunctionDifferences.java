package io.github.lambdashell.stack;

import io.github.lambdashell.config.FunctionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a build says of its function and the deployed one has otherwise. What the build doesn't say is the stack's own
 * affair, and the runtime is told with the code.
 */
final class FunctionDifferences {
    private final FunctionSettings said;
    private final FunctionSettings deployed;
    private final List<String> found = new ArrayList<>();

    private FunctionDifferences(FunctionSettings said, FunctionSettings deployed) {
        this.said = said;
        this.deployed = deployed;
    }

    /** Whether anything is said that can differ. */
    static boolean arePossible(FunctionSettings said) {
        return !said.environmentVariables().isEmpty()
                || Stream.of(
                                said.architecture(),
                                said.memorySize(),
                                said.timeout(),
                                said.ephemeralStorage(),
                                said.layers())
                        .anyMatch(Objects::nonNull);
    }

    /**
     * Compares.
     *
     * @param said by the build
     * @param deployed all of what the function has
     * @return each as "memorySize is 512 in the stack, 1024 in this build"; of variables names alone, as values may be
     *     secret
     */
    static List<String> between(FunctionSettings said, FunctionSettings deployed) {
        return new FunctionDifferences(said, deployed).list();
    }

    private List<String> list() {
        compare("architecture", deployed.architecture(), said.architecture());
        compare("memorySize", deployed.memorySize(), said.memorySize());
        compare("timeout", seconds(deployed.timeout()), seconds(said.timeout()));
        compare("ephemeralStorage", deployed.ephemeralStorage(), said.ephemeralStorage());
        compare("layers", deployed.layers(), said.layers());
        Map<String, String> variables = deployed.environmentVariables();
        said.environmentVariables().forEach((name, value) -> {
            if (!value.equals(variables.get(name))) {
                found.add("the environment variable " + name
                        + (variables.containsKey(name) ? " has another value" : " is not set") + " in the stack");
            }
        });
        return found;
    }

    private static String seconds(Duration duration) {
        return duration == null ? null : duration.toSeconds() + "s";
    }

    /** Emulators leave values out. */
    private void compare(String name, Object inStack, Object inBuild) {
        if (inBuild != null && inStack != null && !inBuild.equals(inStack)) {
            found.add(name + " is " + inStack + " in the stack, " + inBuild + " in this build");
        }
    }
}
