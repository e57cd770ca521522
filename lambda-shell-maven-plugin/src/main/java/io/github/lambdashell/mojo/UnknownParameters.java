package io.github.lambdashell.mojo;

import io.github.lambdashell.config.Suggestion;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Properties and POM elements that look like this plugin's parameters but are not. Maven ignores any property of the
 * command line, and before 3.9 any element of the POM.
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

    /** Returns a warning for each property that no goal has. */
    List<String> properties(Collection<String> names) {
        return names.stream()
                .filter(name -> name.startsWith(PREFIX) && !properties.contains(name))
                .sorted()
                .map(name -> "unknown property '" + name + "'" + suggestion(name, properties))
                .toList();
    }

    /**
     * Returns a warning for each element of an execution's configuration that no goal has.
     *
     * @param place the execution's place
     */
    List<String> elements(MavenProject project, MojoExecution execution, String place) {
        return configuration(project, execution)
                .flatMap(configuration -> Arrays.stream(configuration.getChildren()))
                .map(Xpp3Dom::getName)
                .distinct()
                .filter(name -> !elements.contains(name))
                .map(name -> place + ": unknown element '" + name + "'" + suggestion(name, elements))
                .toList();
    }

    /** The configuration of the POM. For a goal of the command line, the execution itself does not have it. */
    private static Stream<Xpp3Dom> configuration(MavenProject project, MojoExecution execution) {
        String key = execution.getPlugin().getKey();
        return Stream.concat(
                project.getBuildPlugins().stream(),
                Stream.ofNullable(project.getPluginManagement()).flatMap(managed -> managed.getPlugins().stream()))
                .filter(plugin -> plugin.getKey().equals(key))
                .findFirst()
                .map(plugin -> configuration(plugin, execution.getExecutionId()))
                .filter(Xpp3Dom.class::isInstance)
                .map(Xpp3Dom.class::cast)
                .stream();
    }

    private static Object configuration(Plugin plugin, String executionId) {
        PluginExecution configured = plugin.getExecutionsAsMap().get(executionId);
        return configured == null ? plugin.getConfiguration() : configured.getConfiguration();
    }

    private static String suggestion(String name, Set<String> known) {
        return Suggestion.ending(name, known, "; see mvn lshell:help -Ddetail");
    }
}
