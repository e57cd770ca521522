package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.ShellException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerivedRuntimeTest {
    @TempDir
    private Path directory;

    private final MavenProject project = new MavenProject(new Model());

    @BeforeEach
    void aProject() {
        Build build = new Build();
        build.setOutputDirectory(directory.resolve("classes").toString());
        project.setBuild(build);
    }

    @ParameterizedTest
    @CsvSource({"8, java11", "11, java11", "17, java17", "18, java21", "25, java25"})
    void theClassFilesDecide(int release, String runtime) throws IOException {
        project.getProperties().setProperty("maven.compiler.release", "21");
        write("classes/com/example/App.class", release);
        write("classes/com/example/Old.class", 8);

        assertThat(derived())
                .isEqualTo(runtime + ": the classes of " + directory.resolve("classes") + " are compiled for Java "
                        + release);
    }

    @ParameterizedTest
    @ValueSource(strings = {"module-info.class", "META-INF/versions/25/com/example/App.class"})
    void aClassFileThatOlderRuntimesIgnoreDoesNotCount(String file) throws IOException {
        write("classes/com/example/App.class", 17);
        write("classes/" + file, 25);

        assertThat(derived()).startsWith("java17: ");
    }

    @Test
    void theClassFilesOfThePackageDecideWhereTheProjectHasNoOthers() throws IOException {
        Path jar = directory.resolve("app.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("com/example/App.class"));
            zip.write(classFile(17));
        }

        assertThat(DerivedRuntime.of(project, Optional.of(jar)))
                .isEqualTo(new DerivedRuntime("java17", "the classes of " + jar + " are compiled for Java 17"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<release>17</release>", "<target>17</target>", "<release>17</release><target>11</target>"})
    void theCompilersConfigurationDecidesBeforeTheFirstBuild(String configuration) throws Exception {
        project.getProperties().setProperty("maven.compiler.release", "11");
        Plugin compiler = new Plugin();
        compiler.setArtifactId("maven-compiler-plugin");
        compiler.setConfiguration(
                Xpp3DomBuilder.build(new StringReader("<configuration>" + configuration + "</configuration>")));
        project.getBuild().addPlugin(compiler);

        assertThat(derived()).isEqualTo("java17: the compiler is configured for Java 17");
    }

    @Test
    void anExecutionOfTheCompilerIsPreferredToItsPlugin() throws Exception {
        PluginExecution execution = new PluginExecution();
        execution.setId("default-compile");
        execution.setConfiguration(
                Xpp3DomBuilder.build(new StringReader("<configuration><release>17</release></configuration>")));
        Plugin compiler = new Plugin();
        compiler.setArtifactId("maven-compiler-plugin");
        compiler.setConfiguration(
                Xpp3DomBuilder.build(new StringReader("<configuration><release>21</release></configuration>")));
        compiler.addExecution(execution);
        project.getBuild().addPlugin(compiler);

        assertThat(derived()).isEqualTo("java17: the compiler is configured for Java 17");
    }

    @Test
    void thePropertiesDecideWhereTheCompilerHasNoConfiguration() {
        project.getProperties().setProperty("maven.compiler.target", "1.8");

        assertThat(derived()).isEqualTo("java11: the compiler is configured for Java 1.8");
    }

    @Test
    void thereIsADefault() {
        assertThat(derived()).isEqualTo("java21: the default, as there are no class files");
    }

    @Test
    void classFilesThatAreTooNewAreRefused() throws IOException {
        write("classes/com/example/App.class", 26);

        assertThatThrownBy(this::derived)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("compiled for Java 26")
                .hasMessageContaining("newest Java runtime is java25");
    }

    private String derived() {
        DerivedRuntime derived = DerivedRuntime.of(project, Optional.empty());
        return derived.runtime() + ": " + derived.reason();
    }

    private void write(String file, int release) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, classFile(release));
    }

    private static byte[] classFile(int release) {
        return ByteBuffer.allocate(16).putInt(0xCAFEBABE).putInt(44 + release).array();
    }
}
