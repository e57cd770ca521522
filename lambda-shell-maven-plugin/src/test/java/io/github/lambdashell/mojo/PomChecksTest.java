package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.run.Selection;
import io.github.lambdashell.config.Problems;
import java.io.File;
import java.util.List;
import java.util.Properties;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecution.Source;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PomChecksTest {
    @SuppressWarnings("deprecation")
    private static MavenSession session(MavenExecutionRequest request, MavenProject... projects) {
        MavenSession session = new MavenSession(null, null, request, new DefaultMavenExecutionResult());
        session.setProjects(List.of(projects));
        return session;
    }

    /** On the command line, the goal does not run in the other modules. */
    @Test
    void thatNoCheckIsSelectedIsAProblemUnlessOtherModulesRun() {
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        request.setUserProperties(new Properties());
        request.getUserProperties().setProperty("lshell.only", "none");
        MavenSession session = session(request, new MavenProject(), new MavenProject());
        Plugin plugin = new Plugin();
        PluginDescriptor descriptor = new PluginDescriptor();
        descriptor.setPlugin(plugin);
        MojoDescriptor goal = new MojoDescriptor();
        goal.setPluginDescriptor(descriptor);

        for (Source source : Source.values()) {
            MojoExecution execution = new MojoExecution(goal, "check", source);
            Problems problems = new Problems();
            new PomChecks(session, execution)
                    .select(
                            new Selection("none"),
                            Checks.read("[{name: kernel, run: uname}]"),
                            new Modules(session.getCurrentProject(), session.getProjects(), execution),
                            problems);

            assertThat(problems.isEmpty()).isEqualTo(source == Source.LIFECYCLE);
        }
    }

    /** Maven may be started in another directory, with -f. */
    @ParameterizedTest
    @CsvSource({"/src/shop, orders/pom.xml", "/src/shop/orders, pom.xml", "/src/billing, /src/shop/orders/pom.xml"})
    void placesAreRelativeToTheDirectoryOfTheTopLevelProject(String topLevel, String place) {
        MavenProject orders = new MavenProject();
        orders.setFile(new File("/src/shop/orders/pom.xml"));
        MavenSession session = session(new DefaultMavenExecutionRequest().setBaseDirectory(new File(topLevel)), orders);

        assertThat(new PomChecks(session, new MojoExecution(new Plugin(), "exec", "check")).place())
                .isEqualTo(place + ", execution check");
    }
}
