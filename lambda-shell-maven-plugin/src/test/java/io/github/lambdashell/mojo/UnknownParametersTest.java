package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
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
    void aTypoIsToldWithWhatWasProbablyMeant() throws Exception {
        assertThat(plugin("${lshell.command}", "${session}").properties(List.of("lshell.comand")))
                .containsExactly("lshell.comand is no property of this plugin: did you mean lshell.command?");
    }

    @Test
    void whatResemblesNothingIsToldToo() throws Exception {
        assertThat(plugin("${lshell.command}").properties(List.of("lshell.zzz")))
                .containsExactly("lshell.zzz is no property of this plugin, see mvn lshell:help -Ddetail");
    }

    @Test
    void knownPropertiesAndThoseOfOthersAreNotTold() throws Exception {
        assertThat(plugin("${lshell.command}").properties(List.of("lshell.command", "maven.test.skip")))
                .isEmpty();
    }

    @Test
    void anElementOfThePomThatNoGoalHasIsToldAndOneOfAnotherGoalIsNot() throws Exception {
        Plugin plugin = new Plugin();
        PluginExecution written = new PluginExecution();
        written.setId("check");
        written.setConfiguration(Xpp3DomBuilder.build(
                new StringReader("<configuration><failfast>true</failfast><command>x</command></configuration>")));
        plugin.addExecution(written);

        assertThat(plugin("${lshell.command}", "${lshell.failFast}")
                        .elements(new MojoExecution(plugin, "exec", "check")))
                .containsExactly("pom.xml, execution check: failfast is no parameter of this plugin: did you mean"
                        + " failFast?");
    }
}
