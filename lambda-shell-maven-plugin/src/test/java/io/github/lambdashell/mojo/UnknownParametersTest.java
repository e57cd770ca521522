package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class UnknownParametersTest {
    private static UnknownParameters plugin(String... expressions) throws Exception {
        MojoDescriptor goal = new MojoDescriptor();
        goal.setGoal("exec");
        for (String expression : expressions) {
            Parameter parameter = new Parameter();
            parameter.setName(expression.replaceAll("\\$\\{(lshell\\.)?|}", ""));
            parameter.setExpression(expression);
            goal.addParameter(parameter);
        }
        PluginDescriptor plugin = new PluginDescriptor();
        plugin.addMojo(goal);
        return new UnknownParameters(plugin);
    }

    @Test
    void suggestsTheNearestProperty() throws Exception {
        assertThat(plugin("${lshell.command}", "${session}").properties(List.of("lshell.comand")))
                .containsExactly("unknown property 'lshell.comand'; did you mean 'lshell.command'?");
    }

    @Test
    void refersToTheHelpIfNoPropertyIsNear() throws Exception {
        assertThat(plugin("${lshell.command}").properties(List.of("lshell.zzz")))
                .containsExactly("unknown property 'lshell.zzz'; see mvn lshell:help -Ddetail");
    }

    @Test
    void ignoresKnownPropertiesAndThoseOfOtherPlugins() throws Exception {
        assertThat(plugin("${lshell.command}").properties(List.of("lshell.command", "maven.test.skip")))
                .isEmpty();
    }

    @Test
    void warnsOfAnElementThatNoGoalHas() throws Exception {
        PluginExecution configured = new PluginExecution();
        configured.setId("check");
        configured.setConfiguration(configuration("<failfast>true</failfast><command>x</command>"));
        Plugin plugin = new Plugin();
        plugin.addExecution(configured);

        assertThat(plugin("${lshell.command}", "${lshell.failFast}")
                        .elements(project(plugin), new MojoExecution(plugin, "exec", "check"), "orders/pom.xml"))
                .containsExactly("orders/pom.xml: unknown element 'failfast'; did you mean 'failFast'?");
    }

    /** Maven gives such an execution a plugin that has no configuration. */
    @Test
    void warnsOfAnElementForAGoalOfTheCommandLine() throws Exception {
        Plugin plugin = new Plugin();
        plugin.setConfiguration(configuration("<comand>x</comand>"));

        assertThat(plugin("${lshell.command}")
                        .elements(
                                project(plugin),
                                new MojoExecution(new Plugin(), "exec", "default-cli"),
                                "orders/pom.xml"))
                .containsExactly("orders/pom.xml: unknown element 'comand'; did you mean 'command'?");
    }

    private static MavenProject project(Plugin plugin) {
        Build build = new Build();
        build.addPlugin(plugin);
        Model model = new Model();
        model.setBuild(build);
        return new MavenProject(model);
    }

    private static Xpp3Dom configuration(String elements) throws Exception {
        return Xpp3DomBuilder.build(new StringReader("<configuration>" + elements + "</configuration>"));
    }
}
