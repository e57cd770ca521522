package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.junit.jupiter.api.Test;

class UnknownPropertiesTest {
    private static UnknownProperties plugin(String... expressions) throws Exception {
        MojoDescriptor goal = new MojoDescriptor();
        goal.setGoal("exec");
        for (String expression : expressions) {
            Parameter parameter = new Parameter();
            parameter.setName(expression);
            parameter.setExpression(expression);
            goal.addParameter(parameter);
        }
        PluginDescriptor plugin = new PluginDescriptor();
        plugin.addMojo(goal);
        return new UnknownProperties(plugin);
    }

    @Test
    void aTypoIsToldWithWhatWasProbablyMeant() throws Exception {
        assertThat(plugin("${lshell.command}", "${session}").of(List.of("lshell.comand")))
                .containsExactly("lshell.comand is no property of this plugin: did you mean lshell.command?");
    }

    @Test
    void whatResemblesNothingIsToldToo() throws Exception {
        assertThat(plugin("${lshell.command}").of(List.of("lshell.zzz")))
                .containsExactly("lshell.zzz is no property of this plugin, see mvn lshell:help -Ddetail");
    }

    @Test
    void knownPropertiesAndThoseOfOthersAreNotTold() throws Exception {
        assertThat(plugin("${lshell.command}").of(List.of("lshell.command", "maven.test.skip")))
                .isEmpty();
    }
}
