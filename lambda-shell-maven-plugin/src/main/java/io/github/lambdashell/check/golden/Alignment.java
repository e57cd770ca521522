package io.github.lambdashell.check.golden;

import java.util.ArrayList;
import java.util.List;

/**
 * The alignment of a golden file with other lines that has the fewest changes; lines that {@code ...} matches are no
 * changes.
 *
 * @param expected the golden lines with wildcards replaced by their matches, for a diff
 * @param updated the updated golden lines, with wildcards kept where they still match
 */
record Alignment(List<String> expected, List<String> updated) {
    /** The maximum number of pairs of lines that are compared; beyond it wildcards are ignored. */
    private static final long MAX_PAIRS = 4_000_000;

    static Alignment of(List<GoldenLine> golden, List<String> actual) {
        if ((golden.size() + 1L) * (actual.size() + 1L) > MAX_PAIRS) {
            return new Alignment(golden.stream().map(GoldenLine::text).toList(), actual);
        }
        int[][] cost = costs(golden, actual);
        List<String> expected = new ArrayList<>();
        List<String> updated = new ArrayList<>();
        int g = 0;
        int a = 0;
        while (g < golden.size() || a < actual.size()) {
            GoldenLine line = g < golden.size() ? golden.get(g) : null;
            String other = a < actual.size() ? actual.get(a) : null;
            if (line != null && line.isAnyLines()) {
                // It matches as few lines as possible, so that the following golden lines can match.
                if (cost[g][a] == cost[g + 1][a]) {
                    updated.add(line.text());
                    g++;
                } else {
                    expected.add(other);
                    a++;
                }
            } else if (line != null && other != null && cost[g][a] == cost[g + 1][a + 1] && line.matches(other)) {
                expected.add(other);
                updated.add(line.text());
                g++;
                a++;
            } else if (line != null && cost[g][a] == cost[g + 1][a] + 1) {
                expected.add(line.text());
                g++;
            } else {
                updated.add(other);
                a++;
            }
        }
        return new Alignment(expected, updated);
    }

    /** Returns the number of lines to delete or insert from each pair of positions on. */
    private static int[][] costs(List<GoldenLine> golden, List<String> actual) {
        int[][] cost = new int[golden.size() + 1][actual.size() + 1];
        for (int g = golden.size(); g >= 0; g--) {
            for (int a = actual.size(); a >= 0; a--) {
                boolean goldenLeft = g < golden.size();
                boolean actualLeft = a < actual.size();
                if (!goldenLeft || !actualLeft && !golden.get(g).isAnyLines()) {
                    cost[g][a] = goldenLeft ? cost[g + 1][a] + 1 : actual.size() - a;
                } else if (golden.get(g).isAnyLines()) {
                    cost[g][a] = actualLeft ? Math.min(cost[g + 1][a], cost[g][a + 1]) : cost[g + 1][a];
                } else {
                    int changed = 1 + Math.min(cost[g + 1][a], cost[g][a + 1]);
                    cost[g][a] = golden.get(g).matches(actual.get(a)) ? Math.min(cost[g + 1][a + 1], changed) : changed;
                }
            }
        }
        return cost;
    }
}
