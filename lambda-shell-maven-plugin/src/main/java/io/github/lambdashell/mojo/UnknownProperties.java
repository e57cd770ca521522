package io.github.lambdashell.mojo;

import io.github.lambdashell.config.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;

/** Properties of the command line that look like this plugin's and are not: Maven takes any without a word. */
final class UnknownProperties {
    private static final String PREFIX = "lshell.";

    private final Set<String> known;

    UnknownProperties(PluginDescriptor plugin) {
        known = plugin.getMojos().stream()
                .flatMap(goal -> goal.getParameters().stream())
                .map(Parameter::getExpression)
                .filter(Objects::nonNull)
                .filter(expression -> expression.startsWith("${" + PREFIX))
                .map(expression -> expression.substring(2, expression.length() - 1))
                .collect(Collectors.toSet());
    }

    /** A line for each that no goal has, with what was probably meant. */
    List<String> of(Collection<String> properties) {
        return properties.stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .sorted()
                .map(name -> name + " is no property of this plugin"
                        + Suggestion.nearest(name, known)
                                .map(near -> ": did you mean " + near + "?")
                                .orElse(", see mvn lshell:help -Ddetail"))
                .toList();
    }
}
