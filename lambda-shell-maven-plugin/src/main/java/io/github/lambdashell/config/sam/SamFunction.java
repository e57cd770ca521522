package io.github.lambdashell.config.sam;

import io.github.lambdashell.config.FunctionSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A function of a template.
 *
 * @param name its logical ID, not null
 * @param template the template's file, not null
 * @param settings its settings, not null; null members are not known from the template
 * @param handler such as {@code com.example.App::handleRequest}; null if it is not known
 * @param code the local file or folder that becomes its package; null if it is not known or elsewhere
 * @param snapStart whether it uses SnapStart
 * @param events its event sources in their order, not null
 * @param localLayers folders and zip files of layers of the same template, by the names that they have in the ARNs of
 *     the settings, not null
 * @param defaults names of the template's parameters whose defaults were used, not null
 * @param unresolved values that are not known before the template is deployed, not null
 */
public record SamFunction(
        String name,
        Path template,
        FunctionSettings settings,
        String handler,
        Path code,
        boolean snapStart,
        List<Event> events,
        Map<String, Path> localLayers,
        Set<String> defaults,
        List<Unresolved> unresolved) {
    public SamFunction {
        Objects.requireNonNull(name);
        Objects.requireNonNull(template);
        Objects.requireNonNull(settings);
        events = List.copyOf(events);
        localLayers = Map.copyOf(localLayers);
        unresolved = List.copyOf(unresolved);
    }

    /**
     * An event source.
     *
     * @param name its name in the template, not null
     * @param type such as {@code Api} or {@code SQS}, not null
     */
    public record Event(String name, String type) {}

    /**
     * A value that is not known.
     *
     * @param parameter the goals' parameter that it would set, such as {@code memorySize} or
     *     {@code environmentVariables.TABLE}, not null
     * @param line its line in the template
     * @param value the value as it is written, in short, not null
     * @param reason a clause, not null
     */
    public record Unresolved(String parameter, int line, String value, String reason) {
        @Override
        public String toString() {
            return parameter + " (line " + line + "): " + value + ": " + reason;
        }
    }
}
