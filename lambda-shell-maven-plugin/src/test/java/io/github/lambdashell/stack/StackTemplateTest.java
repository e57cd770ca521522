package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.StackConfig.FunctionConfig;
import io.github.lambdashell.stack.code.FunctionPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackTemplateTest {
    private static final int CLOUDFORMATION_LIMIT = 51_200;

    @Test
    void isSentAsItStandsInTheResourceFile() throws IOException {
        byte[] file = StackTemplate.class.getResourceAsStream("template.yaml").readAllBytes();

        assertThat(StackTemplate.text(config(Map.of()))).isEqualTo(new String(file, StandardCharsets.UTF_8));
        assertThat(file.length).isLessThan(CLOUDFORMATION_LIMIT);
    }

    @Test
    void givesEachEnvironmentVariableAParameterThatIsNotEchoed() {
        StackConfig config = config(Map.of("TOKEN", "s3cret", "MODE", "x"));

        assertThat(StackTemplate.text(config))
                .contains("          MODE: !Ref EnvironmentVariable1\n          TOKEN: !Ref EnvironmentVariable2\n")
                .contains("  EnvironmentVariable2:\n    Type: String\n    NoEcho: true\n")
                .doesNotContain("s3cret");
        assertThat(StackTemplate.parameters(config, FunctionPackage.of("java21", null), "key"))
                .anyMatch(parameter -> parameter.parameterKey().equals("EnvironmentVariable2")
                        && parameter.parameterValue().equals("s3cret"));
    }

    private static StackConfig config(Map<String, String> variables) {
        FunctionConfig function = new FunctionConfig(
                "java21", "x86_64", 512, Duration.ofSeconds(60), 512, variables, List.of(), List.of(), List.of(), null);
        return new StackConfig("demo", function, null, Map.of(), null, List.of(), null, null, null, Duration.ofDays(1));
    }
}
