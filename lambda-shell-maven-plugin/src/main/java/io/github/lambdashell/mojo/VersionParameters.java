package io.github.lambdashell.mojo;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackRules;
import io.github.lambdashell.target.ExistingFunction;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether a version is published, and what is invoked.
 *
 * @param publish the parameter; null if it is not configured
 * @param qualifier the parameter; null or empty if it is not configured
 * @param original the function to copy, not null
 */
record VersionParameters(Boolean publish, String qualifier, ExistingFunction original) {
    private Optional<String> configured() {
        return Optional.ofNullable(qualifier).filter(name -> !name.isEmpty());
    }

    /** Returns whether a version or an alias is invoked that exists before the goal. */
    boolean needsExisting() {
        return !Boolean.TRUE.equals(publish)
                && configured().filter(name -> !name.equals("$LATEST")).isPresent();
    }

    /** Returns whether a version is published: if it is configured, or copied with SnapStart. */
    boolean publishes(FunctionSettings function) {
        return publish != null
                ? publish
                : original.snapStart() && configured().isEmpty() && StackRules.supportsSnapStart(function);
    }

    /** Returns the version or alias; null for the default. */
    String qualifier(FunctionSettings function) {
        return configured()
                .or(() -> publishes(function) && original.snapStart() ? original.alias() : Optional.empty())
                .orElse(null);
    }

    /** Adds the variable that makes a handler a part of the snapshot, if there is one. */
    FunctionSettings withHandler(FunctionSettings function, Optional<String> handler) {
        if (handler.isEmpty() || !publishes(function)) {
            return function;
        }
        Map<String, String> variables = new TreeMap<>(function.environmentVariables());
        variables.put("LSHELL_HANDLER", handler.get());
        return function.withVariables(variables);
    }

    /**
     * Returns the line about the original's SnapStart.
     *
     * @param published whether it is copied
     */
    String copied(boolean published) {
        return published
                ? "  copied: SnapStart, so a version is published and invoked"
                        + configured()
                                .or(original::alias)
                                .map(alias -> " as the alias " + alias)
                                .orElse("")
                        + "; -Dlshell.publish=false leaves it out"
                : "  not copied: SnapStart, because publish, qualifier or another setting of this build excludes it";
    }
}
