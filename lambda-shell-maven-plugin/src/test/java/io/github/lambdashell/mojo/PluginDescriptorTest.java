package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PluginDescriptorTest {
    private static final String DESCRIPTOR = read("/META-INF/maven/plugin.xml");

    private static String read(String resource) {
        try (InputStream content = PluginDescriptorTest.class.getResourceAsStream(resource)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> elements(String name, String xml) {
        return Pattern.compile("<" + name + ">(.*?)</" + name + ">")
                .matcher(xml)
                .results()
                .map(element -> element.group(1))
                .toList();
    }

    @Test
    void eclipseIgnoresEachGoalAndNoOther() {
        List<String> goals = elements("goal", DESCRIPTOR);

        assertThat(goals).contains("deploy", "exec", "help");
        assertThat(elements("goal", read("/META-INF/m2e/lifecycle-mapping-metadata.xml")))
                .containsExactlyInAnyOrderElementsOf(goals);
    }

    /** In a parallel build, Maven runs an aggregator alone, so a deploy in one module would stop all others. */
    @Test
    void goalsRunAtOnceInParallelBuilds() {
        assertThat(elements("aggregator", DESCRIPTOR)).isNotEmpty().containsOnly("false");
        assertThat(elements("threadSafe", DESCRIPTOR)).isNotEmpty().containsOnly("true");
    }

    /** Maven 4 refuses a plugin whose descriptor requires a newer Java. */
    @Test
    void thePluginRequiresJava17() {
        assertThat(elements("requiredJavaVersion", DESCRIPTOR)).containsExactly("17");
    }
}
