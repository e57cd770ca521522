package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.Matrix;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.tree.ConfigNode;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixParametersTest {
    private final Problems problems = new Problems();

    private Optional<Matrix> read(String xml, Map<String, String> properties) throws Exception {
        Optional<ConfigNode> element = xml.isEmpty()
                ? Optional.empty()
                : Optional.of(PomTree.of(
                        new XmlPlexusConfiguration(
                                Xpp3DomBuilder.build(new StringReader("<matrix>" + xml + "</matrix>"))),
                        "pom.xml, execution check"));
        Map<String, String> configured = new HashMap<>();
        Matrix.LISTS.forEach(name -> configured.put(name, properties.get(name)));
        Map<String, String> onCommandLine = new HashMap<>();
        properties.forEach((name, value) -> onCommandLine.put("lshell.matrix." + name, value));
        // As Maven passes it.
        configured.values().removeIf(""::equals);
        Matrix.LISTS.forEach(name -> configured.putIfAbsent(name, null));
        return MatrixParameters.read(element, onCommandLine, configured, true, problems);
    }

    @Test
    void everyCombinationIsAnEnvironment() throws Exception {
        Matrix matrix = read("""
                <runtimes><runtime>java17</runtime><runtime> provided.al2023 </runtime></runtimes>
                <architectures>x86_64, arm64</architectures>
                <memorySizes><memorySize>1GB</memorySize></memorySizes>
                <allowMissing>true</allowMissing>
                """, Map.of()).orElseThrow();

        assertThat(problems.all()).isEmpty();
        assertThat(matrix.allowMissing()).isTrue();
        assertThat(matrix.combinations())
                .extracting(Matrix.Combination::name)
                .containsExactly(
                        "java17-x86_64-1024MB",
                        "java17-arm64-1024MB",
                        "provided.al2023-x86_64-1024MB",
                        "provided.al2023-arm64-1024MB");
        assertThat(matrix.combinations().get(1).settings())
                .satisfies(settings -> assertThat(settings.runtime()).isEqualTo("java17"))
                .satisfies(settings -> assertThat(settings.architecture()).isEqualTo("arm64"))
                .satisfies(settings -> assertThat(settings.memorySize()).isEqualTo(1024))
                .satisfies(settings -> assertThat(settings.timeout()).isNull());
    }

    @Test
    void aPropertyReplacesTheElement() throws Exception {
        String xml = "<runtimes>java17</runtimes><memorySizes>512,1024</memorySizes>";

        assertThat(read(xml, Map.of("runtimes", "java21,java25")).orElseThrow().combinations())
                .extracting(Matrix.Combination::name)
                .containsExactly("java21-512MB", "java21-1024MB", "java25-512MB", "java25-1024MB");
        assertThat(read("", Map.of("memorySizes", "256")).orElseThrow().combinations())
                .extracting(Matrix.Combination::name)
                .containsExactly("256MB");
        assertThat(read("", Map.of())).isEmpty();
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            <memorySizes/> | matrix: memorySizes (lshell.matrix.memorySizes) is empty; name at least one, such as 512,1GB
            <memorySizes>512</memorySizes><runtime>java17</runtime> | pom.xml, execution check, matrix: unknown element 'runtime'; did you mean 'runtimes'?
            <memorySizes>512</memorySizes><colour>red</colour> | matrix: unknown element 'colour'; it has runtimes, architectures, memorySizes, allowMissing
            <allowMissing>true</allowMissing> | matrix is empty; configure runtimes, architectures or memorySizes
            java17 | matrix is empty; configure runtimes, architectures or memorySizes
            <runtimes>jav17</runtimes> | runtimes (lshell.matrix.runtimes): 'jav17' is not a Lambda runtime; did you mean 'java17'?
            <runtimes>java17,</runtimes> | runtimes (lshell.matrix.runtimes) has an empty item; remove it
            <runtimes>java17,java21,java17</runtimes> | 'java17' may occur only once
            <runtimes>java17</runtimes><runtimes>java21</runtimes> | matrix: runtimes may occur only once
            <architectures>amd64</architectures> | 'amd64' must be 'x86_64' or 'arm64'; did you mean 'x86_64'?
            <memorySizes>1024,1GB</memorySizes> | memorySizes (lshell.matrix.memorySizes): '1GB' may occur only once
            <memorySizes>64</memorySizes> | memorySizes (lshell.matrix.memorySizes): '64' must be 128 to 10240 MB
            <memorySizes>much</memorySizes> | not a size in full megabytes: 'much'; use a form such as 512, 512MB or 1GB
            <runtimes>java17</runtimes><allowMissing>yes</allowMissing> | must be 'true' or 'false', but is 'yes'
            """)
    void aMistakeIsReportedWithItsPlace(String xml, String problem) throws Exception {
        read(xml, Map.of());

        assertThat(problems.all()).hasSize(1).first().asString().contains(problem);
    }

    @Test
    void anEmptyPropertyIsRefused() throws Exception {
        read("<runtimes>java17</runtimes>", Map.of("runtimes", ""));

        assertThat(problems.all())
                .containsExactly("matrix: runtimes (lshell.matrix.runtimes) is empty; name at least one, such as"
                        + " java17,java21");
    }
}
