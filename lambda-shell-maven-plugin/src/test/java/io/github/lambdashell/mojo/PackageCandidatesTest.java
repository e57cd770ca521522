package io.github.lambdashell.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.sam.SamFunction;
import io.github.lambdashell.config.sam.SamTemplate;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.model.Dependency;
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

class PackageCandidatesTest {
    private static final String APP = "com/example/App.class";
    private static final String LIBRARY = "org/library/Tool.class";

    @TempDir
    private Path directory;

    private final MavenProject project = new MavenProject(new Model());

    @BeforeEach
    void aProjectThatIsCompiled() throws IOException {
        project.setFile(directory.resolve("pom.xml").toFile());
        project.setArtifactId("orders");
        project.setVersion("1.0");
        project.setPackaging("jar");
        Build build = new Build();
        build.setFinalName("orders-1.0");
        build.setDirectory(directory.resolve("target").toString());
        build.setOutputDirectory(directory.resolve("target/classes").toString());
        project.setBuild(build);
        Files.createDirectories(directory.resolve("src/main/java"));
        Files.createDirectories(directory.resolve("target/classes/com/example"));
        Files.createFile(directory.resolve("target/classes").resolve(APP));
    }

    @Test
    void theMainArtifactIsDeployedIfThereIsNoOther() throws IOException {
        archive("target/orders-1.0.jar", APP);
        archive("target/orders-1.0-sources.jar", "com/example/App.java");
        archive("target/orders-1.0-tests.jar", "com/example/AppTest.class");

        assertThat(chosen()).isEqualTo("target/orders-1.0.jar: the project's artifact");
    }

    @Test
    void theMainArtifactOfThisBuildMayBeElsewhere() throws IOException {
        DefaultArtifact main = artifact(null);
        main.setFile(archive("build/other.jar", APP).toFile());
        project.setArtifact(main);

        assertThat(chosen()).isEqualTo("build/other.jar: the project's artifact");
    }

    @Test
    void aShadedArtifactReplacesTheMainOne() throws IOException {
        archive("target/original-orders-1.0.jar", APP);
        archive("target/orders-1.0.jar", APP, LIBRARY);

        assertThat(chosen()).isEqualTo("target/orders-1.0.jar: the project's artifact, shaded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shaded", "aws", "jar-with-dependencies"})
    void aPackageWithAClassifierIsFoundWithoutABuild(String classifier) throws IOException {
        archive("target/orders-1.0.jar", APP);
        archive("target/orders-1.0-" + classifier + ".jar", APP, LIBRARY);

        assertThat(chosen())
                .isEqualTo("target/orders-1.0-" + classifier + ".jar: built in addition to target/orders-1.0.jar");
    }

    @Test
    @SuppressWarnings("deprecation")
    void anAttachedArtifactIsFoundUnderAnyName() throws IOException {
        archive("target/orders-1.0.jar", APP);
        DefaultArtifact attached = artifact("lambda");
        attached.setFile(archive("dist/lambda.jar", APP, LIBRARY).toFile());
        project.addAttachedArtifact(attached);

        assertThat(chosen()).isEqualTo("dist/lambda.jar: built in addition to target/orders-1.0.jar");
    }

    @Test
    void aShadedJarIsNamedByTheArtifactWhereTheMainOneIsNot() throws IOException {
        project.getBuild().setFinalName("app");
        archive("target/app.jar", APP);
        archive("target/orders-1.0-shaded.jar", APP, LIBRARY);

        assertThat(chosen()).isEqualTo("target/orders-1.0-shaded.jar: built in addition to target/app.jar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<outputFile>dist/all.jar</outputFile>",
                "<outputDirectory>dist</outputDirectory><finalName>all</finalName>"
            })
    void theOutputOfTheShadePluginIsFound(String configuration) throws Exception {
        plugin("maven-shade-plugin", configuration);
        archive("target/orders-1.0.jar", APP);
        archive("dist/all.jar", APP, LIBRARY);

        assertThat(chosen()).isEqualTo("dist/all.jar: built in addition to target/orders-1.0.jar");
    }

    @Test
    void aZipFileOfTheAssemblyPluginMayHoldTheJarInLib() throws Exception {
        plugin("maven-assembly-plugin", "<finalName>function</finalName>");
        archive("target/orders-1.0.jar", APP);
        archive("target/function-lambda.zip", "lib/orders-1.0.jar", "lib/library-2.jar");

        assertThat(chosen()).isEqualTo("target/function-lambda.zip: built in addition to target/orders-1.0.jar");
    }

    @Test
    void aZipFileOfAnyNameIsFoundUnlessItIsOlderThanTheClasses() throws IOException {
        archive("target/orders-1.0.jar", APP);
        archive("target/site.zip", "index.html");
        Path zip = archive("target/deploy.zip", APP, "lib/library-2.jar");

        assertThat(chosen()).isEqualTo("target/deploy.zip: built in addition to target/orders-1.0.jar");

        Files.setLastModifiedTime(zip, FileTime.from(Instant.EPOCH));

        assertThat(chosen()).isEqualTo("target/orders-1.0.jar: the project's artifact");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BOOT-INF/classes/" + APP, "orders-1.0/lib/orders-1.0.jar", "com/example/Client.class"})
    void anArchiveIsPassedOverIfLambdaWouldNotFindTheProjectsClasses(String entry) throws IOException {
        archive("target/orders-1.0.jar", APP);
        archive("target/orders-1.0-exec.jar", entry);

        assertThat(chosen()).isEqualTo("target/orders-1.0.jar: the project's artifact");
    }

    @Test
    void aJarOfSpringBootIsDeployedIfThereIsNoOther() throws IOException {
        archive("target/orders-1.0.jar", "BOOT-INF/classes/" + APP);

        assertThat(chosen()).isEqualTo("target/orders-1.0.jar: the project's artifact");

        archive("target/orders-1.0-aws.jar", APP, LIBRARY);

        assertThat(chosen()).isEqualTo("target/orders-1.0-aws.jar: built in addition to target/orders-1.0.jar");
    }

    /** Its thin jar can't start. */
    @Test
    void quarkusBuildsAZipFileForLambda() throws IOException {
        Dependency extension = new Dependency();
        extension.setGroupId("io.quarkus");
        extension.setArtifactId("quarkus-amazon-lambda-rest");
        project.getDependencies().add(extension);
        archive("target/orders-1.0.jar", APP);

        assertThat(chosen()).isEqualTo("target/function.zip: built by Quarkus for Lambda");
    }

    @Test
    void severalPackagesAreNamed() throws IOException {
        archive("target/orders-1.0.jar", APP);
        archive("target/orders-1.0-shaded.jar", APP, LIBRARY);
        archive("target/orders-1.0-lambda.zip", APP, "lib/library-2.jar");

        assertThatThrownBy(this::chosen)
                .isInstanceOf(ShellException.class)
                .hasMessageStartingWith("The project has 2 packages that it could deploy: target/orders-1.0-lambda.zip"
                        + " (1 KB), target/orders-1.0-shaded.jar (1 KB)")
                .hasMessageContaining("<codePath> (lshell.codePath)");
    }

    @Test
    void aShadedMainArtifactIsOneOfSeveral() throws IOException {
        archive("target/original-orders-1.0.jar", APP);
        archive("target/orders-1.0.jar", APP, LIBRARY);
        archive("target/orders-1.0-lambda.zip", APP, "lib/library-2.jar");

        assertThatThrownBy(this::chosen)
                .hasMessageContaining("2 packages")
                .hasMessageContaining("target/orders-1.0.jar")
                .hasMessageContaining("target/orders-1.0-lambda.zip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"template.yaml", "../template.yml"})
    void theTemplateDecides(String file) throws IOException {
        archive("target/orders-1.0.jar", APP);
        archive("target/orders-1.0-shaded.jar", APP, LIBRARY);
        archive("target/orders-1.0-lambda.zip", APP, "lib/library-2.jar");
        Path template = directory.resolve(file).normalize();
        String uri = template.getParent().relativize(directory).resolve("target/orders-1.0-shaded.jar") + "";
        template(template, "      CodeUri: " + uri);
        try {
            assertThat(chosen())
                    .startsWith("target/orders-1.0-shaded.jar: CodeUri in ")
                    .endsWith(template.getFileName().toString());
        } finally {
            Files.delete(template);
        }
    }

    @Test
    void aTemplateThatNamesTheProjectMeansItsMainArtifact() throws IOException {
        archive("target/orders-1.0.jar", APP);
        archive("target/orders-1.0-shaded.jar", APP, LIBRARY);
        template(directory.resolve("template.yaml"), "      CodeUri: ./");

        assertThat(chosen()).isEqualTo("target/orders-1.0.jar: CodeUri in template.yaml is the project");
    }

    @Test
    void aFolderThatTheBuildWritesIsRefusedWhereATemplateNamesIt() throws IOException {
        archive("target/orders-1.0.jar", APP);
        template(directory.resolve("template.yaml"), "      CodeUri: target/dist");

        assertThatThrownBy(this::chosen)
                .isInstanceOf(ShellException.class)
                .hasMessageStartingWith(
                        "CodeUri in template.yaml names target/dist, which is not a package of the runtime")
                .hasMessageContaining("a jar or zip file of the same content with <codePath> (lshell.codePath)");
    }

    @Test
    void aTemplateMayBeJson() throws IOException {
        archive("target/orders-1.0.jar", APP);
        Files.writeString(directory.resolve("template.json"), """
                {"Resources": {"F": {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "target/a.jar"}}}}
                """);

        assertThat(chosen()).isEqualTo("target/a.jar: CodeUri in template.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "      CodeUri: s3://bucket/code.jar",
                "      CodeUri: !Sub target/${Name}.jar",
                "      CodeUri: {Bucket: a, Key: b}",
                "      CodeUri: ../other/target/other.jar",
                "      ImageUri: an/image"
            })
    void aTemplateThatNamesNothingOfTheProjectIsIgnored(String code) throws IOException {
        archive("target/orders-1.0.jar", APP);
        template(directory.resolve("template.yaml"), code);

        assertThat(chosen()).isEqualTo("target/orders-1.0.jar: the project's artifact");
    }

    @ParameterizedTest
    @CsvSource({
        "A, target/a.jar: CodeUri in template.yaml",
        "Project, target/orders-1.0.jar: CodeUri in template.yaml is the project",
        "Unknown, target/orders-1.0.jar: the project's artifact"
    })
    void theFunctionThatTheUserNamedDecides(String function, String expected) throws Exception {
        archive("target/orders-1.0.jar", APP);
        Path file = Files.writeString(directory.resolve("template.yaml"), """
                Resources:
                  A: {Type: AWS::Serverless::Function, Properties: {CodeUri: target/a.jar}}
                  B: {Type: AWS::Serverless::Function, Properties: {CodeUri: target/b.jar}}
                  Project: {Type: AWS::Serverless::Function, Properties: {CodeUri: .}}
                  Unknown: {Type: AWS::Serverless::Function, Properties: {CodeUri: !Ref A}}
                """);
        SamFunction named = SamTemplate.read(file)
                .function(function, null, true, new Problems())
                .orElseThrow();
        PackageCandidates.Candidate chosen =
                new PackageCandidates(project, true).choose(named).orElseThrow();

        assertThat(directory.relativize(chosen.file()) + ": " + chosen.origin()).isEqualTo(expected);
    }

    @Test
    void aTemplateThatIsNotYamlIsNamed() throws IOException {
        Files.writeString(directory.resolve("template.yaml"), "a: [\nType: AWS::Lambda::Function");

        assertThatThrownBy(this::chosen)
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("template can't be read: ")
                .hasMessageContaining("template.yaml:2:28: ");
    }

    @Test
    void aPackageThatIsOlderThanTheClassesIsReported() throws IOException {
        Path archive = archive("target/orders-1.0.jar", APP);
        PackageCandidates candidates = new PackageCandidates(project, true);

        assertThat(candidates.outdated(archive)).isEmpty();

        Files.setLastModifiedTime(archive, FileTime.from(Instant.EPOCH));

        assertThat(candidates.outdated(archive))
                .hasValue("target/orders-1.0.jar is older than the classes in target/classes, so what was compiled last"
                        + " is not in it; run mvn package first");
    }

    @Test
    void aProjectThatIsNotPackagedHasAPackageToBuild() {
        assertThat(chosen()).isEqualTo("target/orders-1.0.jar: the project's artifact");
    }

    @Test
    void aProjectWithoutCodeHasNoPackage() throws IOException {
        Files.delete(directory.resolve("src/main/java"));
        Files.delete(directory.resolve("src/main"));
        project.getBuild().setOutputDirectory(directory.resolve("none").toString());

        assertThat(candidates(true)).isEmpty();
    }

    @Test
    void aProjectOfOtherPackagingHasNoPackage() {
        project.setPackaging("pom");

        assertThat(candidates(true)).isEmpty();
    }

    @Test
    void anotherRuntimeTakesAZipFileOnly() throws IOException {
        archive("target/orders-1.0.jar", APP);

        assertThat(candidates(false)).isEmpty();

        archive("target/orders-1.0-lambda.zip", "index.js");

        assertThat(candidates(false).orElseThrow().file()).hasFileName("orders-1.0-lambda.zip");
    }

    private String chosen() {
        PackageCandidates.Candidate chosen = candidates(true).orElseThrow();
        return directory.relativize(chosen.file()) + ": " + chosen.origin();
    }

    private Optional<PackageCandidates.Candidate> candidates(boolean isJava) {
        return new PackageCandidates(project, isJava).choose(null);
    }

    private static DefaultArtifact artifact(String classifier) {
        return new DefaultArtifact(
                "com.example", "orders", "1.0", null, "jar", classifier, new DefaultArtifactHandler("jar"));
    }

    private Path archive(String file, String... entries) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
            }
        }
        return path;
    }

    private static void template(Path file, String code) throws IOException {
        Files.writeString(file, """
                Resources:
                  Bucket:
                    Type: AWS::S3::Bucket
                    Properties:
                      BucketName: !Join [-, [a, !Ref "AWS::Region"]]
                  Function:
                    Type: AWS::Serverless::Function
                    Properties:
                """ + code + "\n");
    }

    private void plugin(String artifactId, String configuration) throws Exception {
        PluginExecution execution = new PluginExecution();
        execution.setConfiguration(
                Xpp3DomBuilder.build(new StringReader("<configuration>" + configuration + "</configuration>")));
        Plugin plugin = new Plugin();
        plugin.setArtifactId(artifactId);
        plugin.addExecution(execution);
        project.getBuild().addPlugin(plugin);
    }
}
