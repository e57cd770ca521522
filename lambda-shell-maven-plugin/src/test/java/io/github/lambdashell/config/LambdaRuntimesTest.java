package io.github.lambdashell.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaRuntimesTest {
    @ParameterizedTest
    @CsvSource({"1.8,java11", "8,java11", "9,java11", "11,java11", "12,java17", "17,java17", "21,java21", "22,java25"})
    void isTheFirstThatIsNotOlderThanTheProject(String release, String runtime) {
        assertThat(LambdaRuntimes.forRelease(release)).isEqualTo(runtime);
    }

    @Test
    void isTheDefaultIfTheProjectConfiguresNoRelease() {
        assertThat(LambdaRuntimes.forRelease(null)).isEqualTo("java21");
    }

    @Test
    void refusesAReleaseThatLambdaDoesNotHaveYet() {
        assertThatThrownBy(() -> LambdaRuntimes.forRelease("26"))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("Java 26")
                .hasMessageContaining("java25")
                .hasMessageContaining("lshell.runtime");
    }

    @Test
    void refusesTextThatIsNotARelease() {
        assertThatThrownBy(() -> LambdaRuntimes.forRelease("${java.version}"))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("${java.version}");
    }
}
