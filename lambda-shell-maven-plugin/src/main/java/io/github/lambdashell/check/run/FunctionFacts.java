package io.github.lambdashell.check.run;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.target.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Facts of a function by the variables in which scripts of ready-made checks read them. */
public final class FunctionFacts {
    private static final String VERSION = "LSHELL_RUNTIME_VERSION";

    private FunctionFacts() {}

    /**
     * Returns the facts for some scripts.
     *
     * @param scripts the scripts; a fact that needs a request is left out where none reads it
     */
    public static Map<String, String> of(List<String> scripts, Connection connection, Target target)
            throws InterruptedException {
        FunctionSettings function = connection.stack().function();
        Map<String, String> facts = new HashMap<>();
        facts.put("LSHELL_TARGET", target.describe().name());
        facts.put("LSHELL_RUNTIME", Objects.requireNonNullElse(function.runtime(), ""));
        facts.put("LSHELL_ARCHITECTURE", Objects.requireNonNullElse(function.architecture(), ""));
        facts.put("LSHELL_LAYERS", String.join("\n", Objects.requireNonNullElse(function.layers(), List.of())));
        if (scripts.stream().anyMatch(script -> script.contains("$" + VERSION))) {
            facts.put(
                    VERSION,
                    connection
                            .function()
                            .deployed()
                            .describe()
                            .runtimeVersionArn()
                            .orElse(""));
        }
        return facts;
    }
}
