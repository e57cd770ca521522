package io.github.lambdashell.mojo;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.binding.CheckConfiguration;
import io.github.lambdashell.check.binding.HostPlaceholders;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.learn.CommandsFile;
import io.github.lambdashell.check.run.Selection;
import io.github.lambdashell.config.Matrix;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.RelativePath;
import io.github.lambdashell.config.tree.ConfigNode;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** The checks of one execution in a POM, and of its {@code commandsFile}. */
final class PomChecks {
    private final MavenSession session;
    private final MojoExecution execution;

    PomChecks(MavenSession session, MojoExecution execution) {
        this.session = session;
        this.execution = execution;
    }

    /** Returns the execution's place for messages, such as {@code orders/pom.xml, execution check}. */
    String place() {
        File pom = session.getCurrentProject().getFile();
        return (pom == null ? "pom.xml" : RelativePath.of(pom.toPath(), topDirectory())) + ", execution "
                + execution.getExecutionId();
    }

    /** Returns the directory of the top-level project, the base of the places of checks. */
    private Path topDirectory() {
        // Null if Maven's command line does not run the goal, but for example an IDE.
        return Path.of(Objects.requireNonNullElse(session.getExecutionRootDirectory(), ""));
    }

    /**
     * Returns warnings of placeholders in the commands.
     *
     * @param commands after Maven's interpolation, null if the POM has none
     */
    List<String> warnings(PlexusConfiguration commands) {
        ConfigNode effective = PomTree.document(place(), commands)
                .map(document -> document.children().get(0))
                .orElse(new ConfigNode("commands", null, List.of(), place()));
        return RawPom.commands(session.getCurrentProject(), execution).stream()
                .flatMap(raw -> HostPlaceholders.warnings(PomTree.of(raw, place()), effective).stream())
                .toList();
    }

    /**
     * Reads the checks.
     *
     * @param commands null if the POM has none
     * @param redactions null if the POM has none
     * @param file the {@code commandsFile}, or null
     * @param settings settings of all checks
     * @param problems receives what is wrong with them
     */
    List<Check> read(
            PlexusConfiguration commands,
            PlexusConfiguration redactions,
            File file,
            Settings settings,
            Problems problems) {
        return CheckConfiguration.read(
                PomTree.document(place(), commands, redactions),
                Optional.ofNullable(file).map(File::toPath),
                topDirectory(),
                settings,
                problems);
    }

    /**
     * Reads the matrix.
     *
     * @param element null if the POM has none
     * @param configured values of its properties by element, null where there is none
     */
    Optional<Matrix> matrix(
            PlexusConfiguration element, Map<String, String> configured, boolean isLocal, Problems problems) {
        return MatrixParameters.read(
                Optional.ofNullable(element).map(matrix -> PomTree.of(matrix, place())),
                properties(),
                configured,
                isLocal,
                problems);
    }

    /**
     * Returns the selected checks. That none is selected is a problem, except if the command line selects checks that
     * other modules or executions may have.
     *
     * @param modules the modules of the build
     */
    List<Check> select(Selection selection, List<Check> all, Modules modules, Problems problems) {
        List<Check> selected = selection.of(all);
        boolean elsewhere = session.getUserProperties().containsKey("lshell.only")
                && (!modules.isOnCommandLine() && modules.selected().size() > 1
                        || execution.getPlugin().getExecutions().size() > 1);
        problems.require(!selected.isEmpty() || elsewhere || !problems.isEmpty(), selection.nothing(all));
        return selected;
    }

    /** Returns the file for checks that are made of commands, which those of the build's {@code exec} goals read. */
    CommandsFile commandsFile() {
        List<Xpp3Dom> configurations = configurations();
        Optional<String> ofPom = configurations.stream()
                .flatMap(configuration -> values(configuration, "commandsFile"))
                .findFirst();
        String path = Optional.ofNullable(session.getUserProperties().getProperty("lshell.commandsFile"))
                .or(() -> ofPom)
                .orElse(CommandsFile.DEFAULT);
        Path file = directory().resolve(path);
        PlexusConfiguration[] checks = configurations.stream()
                .limit(1)
                .flatMap(configuration -> Stream.of("commands", "redactions").map(configuration::getChild))
                .filter(Objects::nonNull)
                .map(XmlPlexusConfiguration::new)
                .toArray(PlexusConfiguration[]::new);
        Stream<String> secrets = Stream.concat(
                configurations.stream().flatMap(configuration -> values(configuration, "secretVariables")),
                Stream.ofNullable(session.getUserProperties().getProperty("lshell.secretVariables")));
        return new CommandsFile(
                file,
                ofPom.filter(name -> directory().resolve(name).equals(file)).isPresent(),
                PomTree.document(place(), checks),
                directory(),
                secrets.flatMap(names -> Stream.of(names.split("\\s*,\\s*"))).toList());
    }

    /** Returns the configurations of the project's {@code exec} goals, or that of the plugin if there are none. */
    private List<Xpp3Dom> configurations() {
        Plugin plugin =
                session.getCurrentProject().getPlugin(execution.getPlugin().getKey());
        if (plugin == null) {
            return List.of();
        }
        List<Object> ofGoals = plugin.getExecutions().stream()
                .filter(candidate -> candidate.getGoals().contains("exec"))
                .map(PluginExecution::getConfiguration)
                .toList();
        return Stream.concat(ofGoals.stream(), Stream.of(plugin).map(Plugin::getConfiguration))
                .filter(Xpp3Dom.class::isInstance)
                .map(Xpp3Dom.class::cast)
                .toList();
    }

    /** Returns the values of an element that is a text or a list. */
    private static Stream<String> values(Xpp3Dom configuration, String name) {
        return Stream.ofNullable(configuration.getChild(name))
                .flatMap(element -> Stream.concat(Stream.of(element), Stream.of(element.getChildren())))
                .map(Xpp3Dom::getValue)
                .filter(value -> value != null && !value.isBlank());
    }

    /** Returns the properties on Maven's command line. */
    Map<String, String> properties() {
        Properties properties = session.getUserProperties();
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    /** Returns the base of relative paths. */
    Path directory() {
        File project = session.getCurrentProject().getBasedir();
        return project == null ? topDirectory() : project.toPath();
    }

    /** Returns the default directory of the reports; outside of a project there is no build directory. */
    Path reportsDirectory() {
        Path build = session.getCurrentProject().getBasedir() == null
                ? directory()
                : Path.of(session.getCurrentProject().getBuild().getDirectory());
        return build.resolve("lshell-reports");
    }

    /** Returns the name of the run in the reports, unique among modules and executions. */
    String title() {
        return session.getCurrentProject().getArtifactId() + "-" + execution.getExecutionId();
    }
}
