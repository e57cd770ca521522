package io.github.lambdashell.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentileTest {
    @Test
    void percentilesAreByNearestRank() {
        List<Integer> values =
                IntStream.rangeClosed(1, 200).mapToObj(i -> 201 - i).toList();

        assertThat(Percentile.of(values, 50)).contains(100);
        assertThat(Percentile.of(values, 95)).contains(190);
        assertThat(Percentile.of(values, 100)).contains(200);
        assertThat(Percentile.of(List.of(7, 8, 9), 50)).contains(8);
        assertThat(Percentile.of(List.of(7), 1)).contains(7);
        assertThat(Percentile.of(List.<Integer>of(), 50)).isEmpty();
    }
}
