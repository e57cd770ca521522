package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.StackConfig.JsonLog;
import io.github.lambdashell.target.code.FunctionPackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudformation.model.Parameter;

class StackTemplateTest {
    @ParameterizedTest
    @CsvSource({"java21, template.yaml", "provided.al2023, template.yaml", "nodejs22.x, template-node.yaml"})
    void isTheResourceFileUnchanged(String runtime, String resource) throws IOException {
        assertThat(StackTemplate.text(config(runtime, null, null, Map.of()))).isEqualTo(text(resource));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java21", "nodejs22.x"})
    void givesEachEnvironmentVariableAParameterThatIsNotEchoed(String runtime) throws IOException {
        StackConfig config = config(runtime, null, null, Map.of("TOKEN", "s3cret", "MODE", "x"));
        JsonNode template = new YAMLMapper().readTree(StackTemplate.text(config));

        assertThat(template.at("/Resources/ShellFunction/Properties/Environment/Variables/TOKEN")
                        .textValue())
                .isEqualTo("EnvironmentVariable2");
        assertThat(template.at("/Parameters/EnvironmentVariable2/NoEcho").booleanValue())
                .isTrue();
        assertThat(StackTemplate.text(config)).doesNotContain("s3cret");
        assertThat(parameters(config)).containsEntry("EnvironmentVariable2", "s3cret");
    }

    @ParameterizedTest
    @CsvSource({"java21, LSHELL_HANDLER_WRAPPER", "nodejs22.x, AWS_LAMBDA_EXEC_WRAPPER"})
    void passesTheUsersWrapperScriptToTheShellWhereTheShellHasOneItself(String runtime, String variable)
            throws IOException {
        StackConfig config = config(runtime, null, null, Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrap"));
        String text = StackTemplate.text(config);
        JsonNode variables = new YAMLMapper()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .readTree(text)
                .at("/Resources/ShellFunction/Properties/Environment/Variables");

        assertThat(variables.at("/" + variable).textValue()).isEqualTo("EnvironmentVariable1");
        assertThat(variables).hasSize(runtime.startsWith("java") ? 2 : 1);
        assertThat(parameters(config)).containsEntry("EnvironmentVariable1", "/opt/wrap");
    }

    @Test
    void onlyABareNodeFunctionIsInTheTemplateItself() {
        ProjectCode code = new ProjectCode(Path.of("a.zip"), List.of());

        assertThat(StackTemplate.isInline(config("nodejs22.x", null, null, Map.of())))
                .isTrue();
        assertThat(StackTemplate.isInline(config("nodejs22.x", code, null, Map.of())))
                .isFalse();
        assertThat(StackTemplate.isInline(config("nodejs22.x", null, "bucket", Map.of())))
                .isFalse();
        assertThat(StackTemplate.isInline(config("java21", null, null, Map.of())))
                .isFalse();
    }

    /** With {@code -Dlshell.writeTemplate} it is written instead. */
    @Test
    void nodesTemplateIsGeneratedFromTheOtherOneAndTheFunctionsScripts() throws IOException {
        Path file = Path.of("src/main/resources/io/github/lambdashell/target/aws/template-node.yaml");
        String generated = NodeTemplate.generate(
                text("template.yaml"),
                text("/io/github/lambdashell/target/code/node/index.js"),
                text("/io/github/lambdashell/target/code/bash/capture.bash"));
        if (System.getProperty("lshell.writeTemplate") != null) {
            Files.writeString(file, generated);
        }

        assertThat(file)
                .as("generate it with -Dtest=StackTemplateTest -Dlshell.writeTemplate")
                .hasContent(generated);
    }

    @Test
    void variablesThatMakeTheTemplateTooLongForCloudFormationAreRefused() {
        Map<String, String> variables =
                IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "VARIABLE_" + i, i -> "x"));

        StackTemplate.requireFits(config("nodejs22.x", null, null, Map.of("ONE", "x")));
        StackTemplate.requireFits(config("nodejs22.x", null, "bucket", variables));
        assertThatThrownBy(() -> StackTemplate.requireFits(config("nodejs22.x", null, null, variables)))
                .isInstanceOf(ShellException.class)
                .hasMessageMatching("The template of the stack demo has [56]\\d{4} bytes with the parameters of 100"
                        + " 'environmentVariables', but CloudFormation takes 51200\\. Set 'codeBucket', so that the"
                        + " Node\\.js code is not in the template, or another 'runtime', or fewer variables\\.");
    }

    /** CloudFormation refuses parameters that a template doesn't declare. */
    @ParameterizedTest
    @ValueSource(strings = {"java21", "nodejs22.x", "provided.al2023", "python3.13"})
    void declaresTheParametersThatItGets(String runtime) throws IOException {
        StackConfig config = config(runtime, null, null, Map.of("MODE", "x"));
        JsonNode declared =
                new YAMLMapper().readTree(StackTemplate.text(config)).get("Parameters");

        assertThat(parameters(config).keySet())
                .allSatisfy(name -> assertThat(declared.has(name)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"java21", "nodejs22.x"})
    void passesTheLevelsOfALogInJson(String runtime) {
        assertThat(parameters(config(runtime, null, null, Map.of())))
                .containsEntry("ApplicationLogLevel", "")
                .containsEntry("SystemLogLevel", "INFO");
        assertThat(parameters(config(runtime, null, null, Map.of(), new JsonLog("DEBUG", "WARN"))))
                .containsEntry("ApplicationLogLevel", "DEBUG")
                .containsEntry("SystemLogLevel", "WARN");
    }

    @Test
    void nodesTemplateCanBeDeployedByHandForEveryParameterHasADefault() throws IOException {
        JsonNode parameters =
                new YAMLMapper().readTree(resource("template-node.yaml")).get("Parameters");

        assertThat(parameters).isNotEmpty().allSatisfy(parameter -> assertThat(parameter.has("Default"))
                .isTrue());
    }

    private static Map<String, String> parameters(StackConfig config) {
        try (FunctionPackage code = FunctionPackage.of(config.function().runtime(), null)) {
            return StackTemplate.parameters(config, code, "key", "").stream()
                    .collect(Collectors.toMap(Parameter::parameterKey, Parameter::parameterValue));
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = StackTemplate.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static String text(String name) throws IOException {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    private static StackConfig config(
            String runtime, ProjectCode code, String codeBucket, Map<String, String> variables) {
        return config(runtime, code, codeBucket, variables, null);
    }

    private static StackConfig config(
            String runtime, ProjectCode code, String codeBucket, Map<String, String> variables, JsonLog jsonLog) {
        FunctionSettings function = new FunctionSettings(
                runtime, "x86_64", 512, Duration.ofSeconds(60), 512, variables, List.of(), List.of(), List.of(), null);
        return new StackConfig(
                "demo",
                function,
                code,
                Map.of(),
                null,
                List.of(),
                null,
                codeBucket,
                null,
                Duration.ofDays(1),
                false,
                false,
                false,
                null,
                jsonLog);
    }
}
