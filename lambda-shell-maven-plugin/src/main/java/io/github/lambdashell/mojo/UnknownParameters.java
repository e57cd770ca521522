package io.github.lambdashell.mojo;

import io.github.lambdashell.config.Suggestion;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Words that look like this plugin's parameters and are none: Maven takes any property of the command line without a word,
 * and before 3.9 any element of the POM too.
 */
final class UnknownParameters {
    private static final String PREFIX = "lshell.";

    private final Set<String> properties;
    private final Set<String> elements;

    UnknownParameters(PluginDescriptor plugin) {
        List<Parameter> parameters = plugin.getMojos().stream()
                .flatMap(goal -> goal.getParameters().stream())
                .toList();
        properties = parameters.stream()
                .map(Parameter::getExpression)
                .filter(Objects::nonNull)
                .filter(expression -> expression.startsWith("${" + PREFIX))
                .map(expression -> expression.substring(2, expression.length() - 1))
                .collect(Collectors.toSet());
        elements = parameters.stream().map(Parameter::getName).collect(Collectors.toSet());
    }

    /** A line for each property that no goal has, with what was probably meant. */
    List<String> properties(Collection<String> names) {
        return names.stream()
                .filter(name -> name.startsWith(PREFIX) && !properties.contains(name))
                .sorted()
                .map(name -> name + " is no property of this plugin" + probably(name, properties))
                .toList();
    }

    /** A line for each element of an execution's configuration that no goal has, with what was probably meant. */
    List<String> elements(MojoExecution execution) {
        Plugin plugin = execution.getPlugin();
        PluginExecution written = plugin.getExecutionsAsMap().get(execution.getExecutionId());
        Object configuration = written == null ? plugin.getConfiguration() : written.getConfiguration();
        return configuration instanceof Xpp3Dom dom
                ? Arrays.stream(dom.getChildren())
                        .map(Xpp3Dom::getName)
                        .distinct()
                        .filter(name -> !elements.contains(name))
                        .map(name -> "pom.xml, execution " + execution.getExecutionId() + ": " + name
                                + " is no parameter of this plugin" + probably(name, elements))
                        .toList()
                : List.of();
    }

    private static String probably(String name, Set<String> known) {
        return Suggestion.nearest(name, known)
                .map(near -> ": did you mean " + near + "?")
                .orElse(", see mvn lshell:help -Ddetail");
    }
}
