package io.github.lambdashell.check;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Percentiles by nearest rank: of 200 values, the 95th is the 190th in order. */
public final class Percentile {
    private Percentile() {}

    /**
     * Returns a percentile.
     *
     * @param percent from 1 to 100, which is the maximum
     * @return one of the values; empty if there are none
     */
    public static <T extends Comparable<T>> Optional<T> of(Collection<T> values, int percent) {
        List<T> sorted = values.stream().sorted().toList();
        int rank = (percent * sorted.size() + 99) / 100;
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(rank - 1));
    }
}
