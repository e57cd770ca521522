package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.target.code.FunctionPackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudformation.model.Parameter;

class StackTemplateTest {
    private static final int CLOUDFORMATION_LIMIT = 51_200;

    @ParameterizedTest
    @CsvSource({"java21, template.yaml", "provided.al2023, template.yaml", "nodejs22.x, template-node.yaml"})
    void isSentAsItStandsInTheResourceFile(String runtime, String resource) throws IOException {
        byte[] file = resource(resource);

        assertThat(StackTemplate.text(config(runtime, null, null, Map.of())))
                .isEqualTo(new String(file, StandardCharsets.UTF_8));
        assertThat(file.length).isLessThan(CLOUDFORMATION_LIMIT);
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

    @Test
    void nodesTemplateCanBeDeployedByHandForEveryParameterHasADefault() throws IOException {
        JsonNode parameters =
                new YAMLMapper().readTree(resource("template-node.yaml")).get("Parameters");

        assertThat(parameters).isNotEmpty().allSatisfy(parameter -> assertThat(parameter.has("Default"))
                .isTrue());
    }

    /** But for a file system, whose functions are never inline. */
    @Test
    void bothTemplatesGiveTheSameRightsAndLogAlike() throws IOException {
        JsonNode one = new YAMLMapper().readTree(resource("template.yaml")).get("Resources");
        JsonNode other =
                new YAMLMapper().readTree(resource("template-node.yaml")).get("Resources");

        assertThat(other.get("LogGroup")).isEqualTo(one.get("LogGroup"));
        assertThat(other.at("/FunctionRole/Properties/AssumeRolePolicyDocument"))
                .isEqualTo(one.at("/FunctionRole/Properties/AssumeRolePolicyDocument"));
        assertThat(other.at("/FunctionRole/Properties/Policies"))
                .hasSize(1)
                .isEqualTo(one.at("/FunctionRole/Properties/Policies"));
        assertThat(other.get("VpcPolicy")).isEqualTo(one.get("VpcPolicy"));
    }

    private static Map<String, String> parameters(StackConfig config) {
        try (FunctionPackage code = FunctionPackage.of(config.function().runtime(), null)) {
            return StackTemplate.parameters(config, code, "key").stream()
                    .collect(Collectors.toMap(Parameter::parameterKey, Parameter::parameterValue));
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = StackTemplate.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static StackConfig config(
            String runtime, ProjectCode code, String codeBucket, Map<String, String> variables) {
        FunctionSettings function = new FunctionSettings(
                runtime, "x86_64", 512, Duration.ofSeconds(60), 512, variables, List.of(), List.of(), List.of(), null);
        return new StackConfig(
                "demo", function, code, Map.of(), null, List.of(), null, codeBucket, null, Duration.ofDays(1));
    }
}
