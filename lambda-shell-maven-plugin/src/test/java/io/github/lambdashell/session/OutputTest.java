package io.github.lambdashell.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, Output.IN_MEMORY_BYTES, Output.IN_MEMORY_BYTES + 1, 3 * Output.IN_MEMORY_BYTES})
    void givesBackWhatWasWrittenAgainAndAgain(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        try (Output output = new Output()) {
            for (int at = 0; at < size; at += 70_000) {
                output.write(bytes, at, Math.min(70_000, size - at));
            }

            assertThat(output.size()).isEqualTo(size);
            assertThat(output.open().readAllBytes()).isEqualTo(bytes);
            assertThat(output.open().readAllBytes()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 500_000})
    void showsAsMuchTextAsIsAskedFor(int size) throws IOException {
        try (Output output = Output.of("x".repeat(size))) {
            assertThat(output.text(4)).isEqualTo("xxxx");
        }
    }
}
