package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.junit.jupiter.api.Test;

/** The site's page of parameters, which is generated from the plugin's descriptor. */
class ParametersPageTest {
    private static final Path DESCRIPTOR = Path.of("target/classes/META-INF/maven/plugin.xml");
    private static final Path PAGE = Path.of("src/site/markdown/parameters.md");
    private static final int GOALS = 7;
    private static final String HEAD = """
            # Parameters

            Each parameter is an element of the plugin's `<configuration>`, and an option of the command line with the prefix
            `lshell.`, as in `mvn lshell:exec -Dlshell.target=aws`; differences are noted. A list is separated by commas there.

            `mvn lshell:help -Ddetail -Dgoal=exec` shows those of a goal.
            """;

    @Test
    void thePageHasEachParameterOfTheGoals() throws Exception {
        String generated = page();
        if (Boolean.getBoolean("lshell.writeParameters")) {
            Files.writeString(PAGE, generated);
        }

        assertThat(PAGE)
                .as(
                        "the plugin's parameters; write the page with -Dtest=ParametersPageTest -Dlshell.writeParameters=true")
                .hasContent(generated);
    }

    private static String page() throws Exception {
        Map<String, Set<String>> goalsOfRows = new TreeMap<>(Comparator.comparing(row -> row.replace('`', ' ')));
        for (MojoDescriptor goal : goals()) {
            for (Parameter parameter : parameters(goal)) {
                goalsOfRows
                        .computeIfAbsent(row(goal, parameter), row -> new TreeSet<>())
                        .add(goal.getGoal());
            }
        }
        Map<String, List<String>> rowsOfGoals = new LinkedHashMap<>();
        goalsOfRows.entrySet().stream()
                .sorted(Comparator.comparing(row -> -row.getValue().size()))
                .forEach(row -> rowsOfGoals
                        .computeIfAbsent(title(row.getValue()), goals -> new ArrayList<>())
                        .add(row.getKey()));
        return HEAD
                + rowsOfGoals.entrySet().stream()
                        .map(section -> "\n## %s\n\n| parameter | default | meaning |\n|---|---|---|\n%s"
                                .formatted(section.getKey(), String.join("", section.getValue())))
                        .collect(Collectors.joining());
    }

    private static String title(Set<String> goals) {
        return goals.size() == GOALS ? "All goals" : String.join(", ", goals);
    }

    /** Returns the goals of this project; that of maven-plugin-tools describes itself. */
    private static List<MojoDescriptor> goals() throws Exception {
        try (Reader descriptor = Files.newBufferedReader(DESCRIPTOR)) {
            return new PluginDescriptorBuilder()
                    .build(descriptor).getMojos().stream()
                            .filter(goal -> !goal.getGoal().equals("help"))
                            .toList();
        }
    }

    private static List<Parameter> parameters(MojoDescriptor goal) {
        return goal.getParameters().stream().filter(Parameter::isEditable).toList();
    }

    private static String row(MojoDescriptor goal, Parameter parameter) throws IOException {
        PlexusConfiguration value = goal.getMojoConfiguration().getChild(parameter.getName(), false);
        assertThat(parameter.getDescription())
                .as("the Javadoc of %s", parameter.getName())
                .isNotBlank();
        String property = value == null || value.getValue(null) == null
                ? ""
                : value.getValue("").replaceAll("^\\$\\{|}$", "");
        String defaultValue = value == null ? "" : value.getAttribute("default-value", "");
        String description = parameter
                .getDescription()
                .replace("|", "\\|")
                .replace("*", "\\*")
                .replace("<", "&lt;");
        String option = property.isEmpty()
                ? " Only in the POM."
                : property.equals("lshell." + parameter.getName()) ? "" : " Option " + code("-D" + property) + ".";
        return "| `%s` | %s | %s%s |\n"
                .formatted(parameter.getName(), code(defaultValue.replace("${user.home}", "~")), description, option);
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
