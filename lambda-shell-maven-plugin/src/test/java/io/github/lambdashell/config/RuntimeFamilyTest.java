package io.github.lambdashell.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeFamilyTest {
    @ParameterizedTest
    @CsvSource({
        "java11, JAVA, true",
        "java17.al2023, JAVA, true",
        "java25, JAVA, true",
        "java8, MANAGED, true",
        "java8.al2, MANAGED, true",
        "nodejs22.x, NODEJS, true",
        "nodejs30.x, NODEJS, true",
        "provided.al2023, PROVIDED, true",
        "provided, PROVIDED, true",
        "python3.13, MANAGED, true",
        "ruby3.4, MANAGED, true",
        "dotnet10, MANAGED, true",
        "dotnetcore3.1, MANAGED, true",
        "cobol1.x, MANAGED, false",
        "jave21, MANAGED, false"
    })
    void everyNameHasAFamily(String runtime, RuntimeFamily family, boolean isKnown) {
        assertThat(RuntimeFamily.of(runtime)).isEqualTo(family);
        assertThat(RuntimeFamily.isKnown(runtime)).isEqualTo(isKnown);
    }
}
