package io.github.lambdashell.mojo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** A project's POM as it is written, before Maven replaces anything in it; what a parent POM adds is not in it. */
final class RawPom {
    private RawPom() {}

    /** The {@code <commands>} elements that are written for an execution, the plugin's own and the execution's. */
    static List<PlexusConfiguration> commands(MavenProject project, MojoExecution execution) {
        Model model = project.getOriginalModel();
        if (model == null || model.getBuild() == null) {
            return List.of();
        }
        List<Object> configurations = new ArrayList<>();
        for (Plugin plugin : plugins(model.getBuild())) {
            if (plugin.getKey().equals(execution.getPlugin().getKey())) {
                configurations.add(plugin.getConfiguration());
                plugin.getExecutions().stream()
                        .filter(candidate -> candidate.getId().equals(execution.getExecutionId()))
                        .map(PluginExecution::getConfiguration)
                        .forEach(configurations::add);
            }
        }
        return configurations.stream()
                .filter(Objects::nonNull)
                .map(configuration -> ((Xpp3Dom) configuration).getChild("commands"))
                .filter(Objects::nonNull)
                .<PlexusConfiguration>map(XmlPlexusConfiguration::new)
                .toList();
    }

    private static List<Plugin> plugins(Build build) {
        List<Plugin> plugins = new ArrayList<>(build.getPlugins());
        if (build.getPluginManagement() != null) {
            plugins.addAll(build.getPluginManagement().getPlugins());
        }
        return plugins;
    }
}
