package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PomChecksTest {
    /** Maven may be started in another directory, with -f. */
    @ParameterizedTest
    @CsvSource({"/src/shop, orders/pom.xml", "/src/shop/orders, pom.xml", "/src/billing, /src/shop/orders/pom.xml"})
    @SuppressWarnings("deprecation")
    void placesAreRelativeToTheDirectoryOfTheTopLevelProject(String topLevel, String place) {
        MavenSession session = new MavenSession(
                null,
                null,
                new DefaultMavenExecutionRequest().setBaseDirectory(new File(topLevel)),
                new DefaultMavenExecutionResult());
        MavenProject orders = new MavenProject();
        orders.setFile(new File("/src/shop/orders/pom.xml"));
        session.setProjects(List.of(orders));

        assertThat(new PomChecks(session, new MojoExecution(new Plugin(), "exec", "check")).place())
                .isEqualTo(place + ", execution check");
    }
}
