package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.sam.SamFunction;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamParametersTest {
    private static final String TEMPLATE = """
            Parameters:
              Stage: {Type: String, Default: dev}
            Resources:
              Table: {Type: AWS::DynamoDB::Table}
              OrderFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Runtime: java21
                  Handler: com.example.App::handleRequest
                  CodeUri: target/orders.jar
                  MemorySize: 512
                  Timeout: 20
                  SnapStart: {ApplyOn: PublishedVersions}
                  Layers:
                    - arn:aws:lambda:eu-central-1:123456789012:layer:tools:7
                    - !ImportValue shared-layer
                  Environment:
                    Variables:
                      STAGE: !Ref Stage
                      TABLE: !Ref Table
                  Events:
                    Create: {Type: Api}
                    Queue: {Type: SQS}
            """;

    @TempDir
    private Path directory;

    private final Problems problems = new Problems();
    private final MavenProject project = new MavenProject(new Model());

    @BeforeEach
    void aProject() {
        project.setFile(directory.resolve("pom.xml").toFile());
        Build build = new Build();
        build.setOutputDirectory(directory.resolve("target/classes").toString());
        project.setBuild(build);
    }

    @Test
    void whatIsTakenFromTheTemplateIsOneLine() throws IOException {
        assertThat(sam(FunctionSettings.NONE, null).taken())
                .isEqualTo(
                        directory.resolve("template.yaml") + ", function OrderFunction: runtime java21, memorySize 512,"
                                + " timeout 20s, layers tools:7, environmentVariables STAGE, CodeUri "
                                + directory.resolve("target/orders.jar")
                                + ", handler com.example.App::handleRequest, SnapStart, events Create (Api) Queue (SQS); with the"
                                + " defaults of the template's parameters Stage");
    }

    @Test
    void whatTheBuildConfiguresIsNotTaken() throws IOException {
        FunctionSettings pom = new FunctionSettings(
                "java17", null, 1024, null, null, Map.of("STAGE", "test"), List.of(), null, null, null);

        assertThat(sam(pom, "none").taken())
                .contains("function OrderFunction: timeout 20s, handler com.example.App::handleRequest, SnapStart");
    }

    @Test
    void valuesThatAreNotKnownAreOneWarning() throws IOException {
        assertThat(unknown(FunctionSettings.NONE, null, FunctionSettings.NONE))
                .isEqualTo("These values of " + directory.resolve("template.yaml")
                        + " are not known; configure in the POM those that the function needs:"
                        + "\n  - layers (line 16): !ImportValue shared-layer: a value of another stack"
                        + "\n  - environmentVariables.TABLE (line 20): !Ref Table: a resource, known only when the template is"
                        + " deployed");
    }

    @Test
    void aValueThatIsConfiguredElsewhereNeedsNoWarning() throws IOException {
        FunctionSettings table = FunctionSettings.NONE.withVariables(Map.of("TABLE", "orders"));
        FunctionSettings layers =
                new FunctionSettings(null, null, null, null, null, Map.of(), List.of(), null, null, null);

        assertThat(unknown(table, null, FunctionSettings.NONE))
                .contains("layers")
                .doesNotContain("TABLE");
        assertThat(unknown(FunctionSettings.NONE, null, table))
                .contains("layers")
                .doesNotContain("TABLE");
        assertThat(unknown(layers, null, FunctionSettings.NONE))
                .contains("TABLE")
                .doesNotContain("layers");
        assertThat(unknown(FunctionSettings.NONE, null, layers))
                .as("the template's other layer takes precedence over those of the copied function")
                .contains("layers");
        assertThat(sam(layers.orElse(table), null).unknown(FunctionSettings.NONE, orders(), directory.toFile()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"target/orders.jar, true", ".., true", "., false", "!Ref Table, true"})
    void codeOfTheTemplateThatIsNotDeployedIsListed(String uri, boolean isListed) throws IOException {
        SamParameters sam = sam(TEMPLATE.replace("target/orders.jar", uri), FunctionSettings.NONE, null);

        assertThat(sam.unknown(FunctionSettings.NONE, null, directory.toFile())
                        .orElseThrow()
                        .contains("  - codePath"))
                .isEqualTo(isListed);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "java21, -, -, -, -",
                "java21, -, 21, 21, -",
                "java8.al2, -, 1.8, 8, -",
                "nodejs22.x, -, 17, 17, -",
                "java21, -, 17, -, 'TEMPLATE has the runtime java21, the compiler is configured for Java 17'",
                "java21, java25, -, -, 'TEMPLATE has the runtime java21, the build configures the runtime java25'",
                "java17, -, 21, 21, 'TEMPLATE has the runtime java17, the compiler is configured for Java 21, the classes of"
                        + " CLASSES are compiled for Java 21, which java17 can''t load'",
                "java21, -, 17, 11, 'TEMPLATE has the runtime java21, the compiler is configured for Java 17, the classes of"
                        + " CLASSES are compiled for Java 11'",
                "java17, java21, -, 21, 'TEMPLATE has the runtime java17, the build configures the runtime java21, the classes"
                        + " of CLASSES are compiled for Java 21'"
            })
    void javaVersionsThatDifferAreAWarning(
            String ofTemplate, String ofBuild, String compiler, Integer classes, String expected) throws IOException {
        if (compiler != null) {
            project.getProperties().setProperty("maven.compiler.release", compiler);
        }
        if (classes != null) {
            Files.createDirectories(directory.resolve("target/classes"));
            Files.write(
                    directory.resolve("target/classes/App.class"),
                    ByteBuffer.allocate(16)
                            .putInt(0xCAFEBABE)
                            .putInt(44 + classes)
                            .array());
        }
        FunctionSettings pom = new FunctionSettings(ofBuild, null, null, null, null, Map.of(), null, null, null, null);
        SamParameters sam = sam(TEMPLATE.replace("java21", ofTemplate), pom, null);

        assertThat(sam.javaVersions(project, null).orElse("-"))
                .isEqualTo(
                        expected == null
                                ? "-"
                                : "The Java versions differ: "
                                        + expected.replace("TEMPLATE", directory.resolve("template.yaml") + "")
                                                .replace("CLASSES", directory.resolve("target/classes") + "")
                                        + "; use one version");
    }

    @Test
    void aTemplateThatCantBeReadIsAProblem() {
        File none = directory.resolve("none.yaml").toFile();
        SamParameters.read(none, null, null, true, problems);
        SamParameters.read(null, "OrderFunction", null, true, problems);

        assertThat(SamParameters.read(null, null, null, true, problems)).isEmpty();
        assertThatThrownBy(problems::throwIfAny)
                .hasMessageContaining("2 problems")
                .hasMessageContaining("samTemplate (lshell.samTemplate): file not found: '" + none + "'; specify")
                .hasMessageContaining("samFunction (lshell.samFunction) requires samTemplate (lshell.samTemplate)");
    }

    private String unknown(FunctionSettings pom, String codePath, FunctionSettings copied) throws IOException {
        return sam(pom, codePath).unknown(copied, orders(), directory.toFile()).orElseThrow();
    }

    private ProjectCode orders() {
        return new ProjectCode(directory.resolve("target/orders.jar"), List.of());
    }

    private SamParameters sam(FunctionSettings pom, String codePath) throws IOException {
        return sam(TEMPLATE, pom, codePath);
    }

    private SamParameters sam(String template, FunctionSettings pom, String codePath) throws IOException {
        Path file = Files.writeString(directory.resolve("template.yaml"), template);
        SamFunction function =
                SamParameters.read(file.toFile(), null, null, true, problems).orElseThrow();
        return new SamParameters(function, pom, codePath);
    }
}
