package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecution.Source;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class ModulesTest {
    private static final MavenProject SHOP = module("shop", "pom", null);
    private static final MavenProject COMMON = module("common", "jar", null);
    private static final MavenProject ORDERS = module("orders", "jar", plugin("verify"));
    private static final MavenProject BILLING = module("billing", "jar", plugin("verify"));
    private static final MavenProject DISABLED = module("disabled", "jar", plugin("none"));

    private static MavenProject module(String name, String packaging, Plugin plugin) {
        Build build = new Build();
        if (plugin != null) {
            build.addPlugin(plugin);
        }
        Model model = new Model();
        model.setGroupId("com.example");
        model.setArtifactId(name);
        model.setVersion("1.0");
        model.setPackaging(packaging);
        model.setBuild(build);
        return new MavenProject(model);
    }

    private static Plugin plugin(String phase) {
        PluginExecution check = new PluginExecution();
        check.setId("check");
        check.setPhase(phase);
        check.addGoal("exec");
        Plugin plugin = plugin();
        plugin.addExecution(check);
        return plugin;
    }

    private static Plugin plugin() {
        Plugin plugin = new Plugin();
        plugin.setGroupId("io.github.lambdashell");
        plugin.setArtifactId("lambda-shell-maven-plugin");
        return plugin;
    }

    /** Returns the modules of a build, with a goal that runs for the first. */
    private static Modules modules(Source source, MavenProject... modules) {
        PluginDescriptor descriptor = new PluginDescriptor();
        descriptor.setPlugin(plugin());
        MojoDescriptor goal = new MojoDescriptor();
        goal.setPluginDescriptor(descriptor);
        return new Modules(modules[0], List.of(modules), new MojoExecution(goal, "check", source));
    }

    @Test
    void linesOfTheLogNameTheModuleIfGoalsRunInSeveral() {
        assertThat(modules(Source.LIFECYCLE, ORDERS, SHOP, COMMON, BILLING).name())
                .contains("orders");
    }

    @Test
    void linesOfTheLogNameNoModuleIfGoalsRunInOneOnly() {
        assertThat(modules(Source.LIFECYCLE, ORDERS, SHOP, COMMON, DISABLED).name())
                .isEmpty();
        assertThat(modules(Source.CLI, ORDERS, BILLING).name()).isEmpty();
    }

    @Test
    void eachLineOfAMessageNamesTheModule() {
        List<CharSequence> lines = new ArrayList<>();
        Log log = new SystemStreamLog() {
            @Override
            public void warn(CharSequence content) {
                lines.add(content);
            }
        };

        new ModuleLog(log, "orders").warn("not known:\n  - TABLE");

        assertThat(lines).containsExactly("[orders] not known:\n[orders]   - TABLE");
    }

    @Test
    void aGoalOfTheCommandLineNamesTheOtherModulesThatHaveThePlugin() {
        assertThat(modules(Source.CLI, SHOP, COMMON, ORDERS, BILLING).others())
                .contains("The goal runs for shop only; select the stack of another module with -pl :orders or -pl"
                        + " :billing");
        assertThat(modules(Source.CLI, ORDERS, BILLING).others())
                .contains("The goal runs for orders only; select the stack of another module with -pl :billing");
    }

    @Test
    void modulesThatBuildSomethingAreNamedIfNoneHasThePlugin() {
        assertThat(modules(Source.CLI, SHOP, module("parent", "pom", null), COMMON)
                        .others())
                .contains("The goal runs for shop only; select the stack of another module with -pl :common");
    }

    @Test
    void tenOfManyModulesAreNamed() {
        MavenProject[] many = Stream.concat(
                        Stream.of(SHOP), IntStream.range(0, 20).mapToObj(i -> module("m" + i, "jar", null)))
                .toArray(MavenProject[]::new);

        assertThat(modules(Source.CLI, many).others().orElseThrow()).endsWith("-pl :m8, -pl :m9, ...");
    }

    @Test
    void noOtherModuleIsNamedInALifecycleOrWithoutOne() {
        assertThat(modules(Source.LIFECYCLE, SHOP, ORDERS).others()).isEmpty();
        assertThat(modules(Source.CLI, ORDERS).others()).isEmpty();
    }
}
