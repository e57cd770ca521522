package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lambdashell.config.Problems;
import java.io.StringReader;
import java.util.Properties;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitchesTest {
    @SuppressWarnings("deprecation")
    private static Problems check(String written, String property) throws Exception {
        Parameter parameter = new Parameter();
        parameter.setName("overwrite");
        parameter.setType("boolean");
        MojoDescriptor goal = new MojoDescriptor();
        goal.setGoal("exec");
        goal.setPluginDescriptor(new PluginDescriptor());
        goal.addParameter(parameter);
        MojoExecution execution = new MojoExecution(new Plugin(), "exec", "check");
        execution.setMojoDescriptor(goal);
        execution.setConfiguration(Xpp3DomBuilder.build(
                new StringReader("<configuration><overwrite>" + written + "</overwrite></configuration>")));
        Properties properties = new Properties();
        if (property != null) {
            properties.setProperty("lshell.overwrite", property);
        }
        MavenSession session = new MavenSession(
                null,
                null,
                new DefaultMavenExecutionRequest().setUserProperties(properties),
                new DefaultMavenExecutionResult());
        Problems problems = new Problems();
        new Switches(session, execution).check(problems);
        return problems;
    }

    @ParameterizedTest
    @CsvSource({"true,", "FALSE,", "${lshell.overwrite},", "${lshell.overwrite},true", "${lshell.overwrite},False"})
    void trueAndFalseAndNothingAreAccepted(String written, String property) throws Exception {
        assertThat(check(written, property).isEmpty()).isTrue();
    }

    @Test
    void anyOtherTextIsRefusedBecauseMavenTakesItAsFalse() throws Exception {
        assertThat(catchThrowable(check("${lshell.overwrite}", "yes")::throwIfAny))
                .hasMessageContaining("overwrite (lshell.overwrite) must be 'true' or 'false', but is 'yes'");
        assertThat(catchThrowable(check("1", null)::throwIfAny))
                .hasMessageContaining("overwrite (lshell.overwrite) must be 'true' or 'false', but is '1'");
    }
}
