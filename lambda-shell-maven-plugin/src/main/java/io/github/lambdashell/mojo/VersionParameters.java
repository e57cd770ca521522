package io.github.lambdashell.mojo;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackRules;
import io.github.lambdashell.target.ExistingFunction;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether a version is published, and what is invoked. A parameter that is not configured is that of the template's
 * function or of the function to copy, unless the build configures the qualifier: then it invokes what exists.
 *
 * @param publish the parameter; null if it is not configured
 * @param snapStart the parameter; null if it is not configured
 * @param qualifier the parameter; null or empty if it is not configured
 * @param ofTemplate whether the template's function has SnapStart
 * @param original the function to copy, not null
 */
record VersionParameters(
        Boolean publish, Boolean snapStart, String qualifier, boolean ofTemplate, ExistingFunction original) {
    private Optional<String> configured() {
        return Optional.ofNullable(qualifier).filter(name -> !name.isEmpty());
    }

    private boolean isCopied() {
        return configured().isEmpty() || Boolean.TRUE.equals(publish);
    }

    /** Returns whether a version or an alias is invoked that exists before the goal. */
    boolean needsExisting() {
        return !Boolean.TRUE.equals(publish)
                && !Boolean.TRUE.equals(snapStart)
                && configured().filter(name -> !name.equals("$LATEST")).isPresent();
    }

    /** Returns whether published versions start from a snapshot. */
    boolean hasSnapStart(FunctionSettings function) {
        if (snapStart != null) {
            return snapStart;
        }
        return !Boolean.FALSE.equals(publish)
                && isCopied()
                && (ofTemplate || original.snapStart() && StackRules.supportsSnapStart(function));
    }

    /** Returns whether a version is published. */
    boolean publishes(FunctionSettings function) {
        return publish != null
                ? publish
                : hasSnapStart(function) || isCopied() && original.qualifier().isPresent();
    }

    /** Returns the version or alias; null for the default. */
    String qualifier(FunctionSettings function) {
        return configured()
                .or(() -> publishes(function) ? original.alias() : Optional.empty())
                .orElse(null);
    }

    /** Adds the variable that makes a handler a part of the snapshot, if there is one. */
    FunctionSettings withHandler(FunctionSettings function, Optional<String> handler) {
        if (handler.isEmpty() || !hasSnapStart(function)) {
            return function;
        }
        Map<String, String> variables = new TreeMap<>(function.environmentVariables());
        variables.put("LSHELL_HANDLER", handler.get());
        return function.withVariables(variables);
    }

    /**
     * Returns the line about the version of the function to copy; empty if that is {@code $LATEST} without SnapStart.
     *
     * @param function the function's complete settings
     */
    Optional<String> copied(FunctionSettings function) {
        if (!original.snapStart() && original.qualifier().isEmpty()) {
            return Optional.empty();
        }
        if (!publishes(function)) {
            return Optional.of(
                    "  not copied: the published version, because this build configures publish or qualifier");
        }
        String alias = Optional.ofNullable(qualifier(function))
                .map(name -> " as the alias " + name)
                .orElse("");
        String snapshot = "";
        if (original.snapStart()) {
            snapshot = hasSnapStart(function) ? " with SnapStart" : ", without SnapStart, which this build excludes";
        }
        return Optional.of("  copied: a version is published and invoked" + alias + snapshot
                + "; -Dlshell.publish=false leaves it out");
    }
}
