package io.github.lambdashell.console.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sizes that a transfer shows. */
class ProgressBarTest {
    @ParameterizedTest
    @CsvSource({"0, 0 bytes", "571, 571 bytes", "1571, 1.6 kB", "999999, 1000.0 kB", "20000022, 20.0 MB"})
    void aSizeHasASuitableUnit(long bytes, String shown) {
        assertThat(ProgressBar.size(bytes)).isEqualTo(shown);
    }
}
