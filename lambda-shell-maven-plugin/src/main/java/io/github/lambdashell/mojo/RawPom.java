package io.github.lambdashell.mojo;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.maven.model.BuildBase;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.Profile;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** Reads POMs as they are written, before Maven's interpolation. */
final class RawPom {
    private RawPom() {}

    /**
     * Returns the {@code <commands>} elements of an execution and of its plugin, in the project's POM, its active profiles
     * and its parents, up to the first that overrides the inherited ones.
     */
    static List<PlexusConfiguration> commands(MavenProject project, MojoExecution execution) {
        List<PlexusConfiguration> found = new ArrayList<>();
        Iterator<Xpp3Dom> written = builds(project)
                .flatMap(RawPom::plugins)
                .filter(plugin -> plugin.getKey().equals(execution.getPlugin().getKey()))
                .flatMap(plugin -> configurations(plugin, execution.getExecutionId()))
                .map(configuration -> ((Xpp3Dom) configuration).getChild("commands"))
                .filter(Objects::nonNull)
                .iterator();
        boolean overrides = false;
        while (written.hasNext() && !overrides) {
            Xpp3Dom commands = written.next();
            found.add(new XmlPlexusConfiguration(commands));
            overrides = "override".equals(commands.getAttribute("combine.self"));
        }
        return found;
    }

    private static Stream<BuildBase> builds(MavenProject project) {
        return Stream.iterate(project, Objects::nonNull, MavenProject::getParent)
                .filter(pom -> pom.getOriginalModel() != null)
                .flatMap(pom -> Stream.concat(
                        Stream.of(pom.getOriginalModel()).map(Model::getBuild),
                        pom.getActiveProfiles().stream().map(Profile::getBuild)))
                .filter(Objects::nonNull);
    }

    private static Stream<Plugin> plugins(BuildBase build) {
        return Stream.concat(
                build.getPlugins().stream(),
                Stream.ofNullable(build.getPluginManagement()).flatMap(managed -> managed.getPlugins().stream()));
    }

    private static Stream<Object> configurations(Plugin plugin, String executionId) {
        return Stream.concat(
                        plugin.getExecutions().stream()
                                .filter(candidate -> candidate.getId().equals(executionId))
                                .map(PluginExecution::getConfiguration),
                        Stream.of(plugin).map(Plugin::getConfiguration))
                .filter(Objects::nonNull);
    }
}
