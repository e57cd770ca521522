package io.github.lambdashell.check.environment;

import io.github.lambdashell.check.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The facts of several environments as a table: the environments across, the facts down, in groups.
 *
 * @param names the environments' names, not null
 * @param snapshots their facts in the same order, not null
 */
public record SideBySide(List<String> names, List<Snapshot> snapshots) {
    private static final int MAX_WIDTH = 40;
    private static final String CUT = "...";
    private static final String GAP = "  ";
    private static final String ABSENT = "-";
    /** Stands for a fact that has no value, such as a flag of the processor. */
    private static final String PRESENT = "yes";

    /** How much of what values have in common is shown before their first difference. */
    private static final int COMMON_SHOWN = 8;

    public SideBySide {
        names = List.copyOf(names);
        snapshots = List.copyOf(snapshots);
    }

    /** A fact's name and its value in each environment, null where it is absent. */
    private record Row(String name, List<String> values) {
        boolean isSame() {
            return values.stream().distinct().count() == 1;
        }

        /** Returns the cells, of values that differ the part with the difference. */
        List<String> cells() {
            List<String> cells = new ArrayList<>();
            cells.add(cut(Text.line(name), 0));
            int begin = isSame() ? 0 : firstDifference() - COMMON_SHOWN;
            for (String value : values) {
                String text = Text.line(value == null ? ABSENT : value.isEmpty() ? PRESENT : value);
                cells.add(cut(text, value == null ? 0 : begin));
            }
            return cells;
        }

        private int firstDifference() {
            List<String> present = values.stream().filter(Objects::nonNull).toList();
            if (present.stream().distinct().count() == 1) {
                return 0;
            }
            String first = present.get(0);
            int length = present.stream().mapToInt(String::length).min().orElse(0);
            return (int) IntStream.range(0, length)
                    .takeWhile(i -> present.stream().allMatch(value -> value.charAt(i) == first.charAt(i)))
                    .count();
        }
    }

    /** Shortens a text to the width of a column, from its beginning if it is still too long without its end. */
    private static String cut(String text, int begin) {
        if (text.length() <= MAX_WIDTH) {
            return text;
        }
        int from = Math.min(begin, text.length() - MAX_WIDTH + CUT.length());
        String rest = from <= CUT.length() ? text : CUT + text.substring(from);
        return rest.length() <= MAX_WIDTH ? rest : rest.substring(0, MAX_WIDTH - CUT.length()) + CUT;
    }

    private List<Row> rows(Group group) {
        TreeSet<String> facts = new TreeSet<>();
        snapshots.forEach(snapshot -> facts.addAll(snapshot.facts(group).keySet()));
        return facts.stream()
                .map(fact -> new Row(
                        fact,
                        snapshots.stream()
                                .map(snapshot -> snapshot.facts(group).get(fact))
                                .toList()))
                .toList();
    }

    /**
     * Returns the lines of the table.
     *
     * @param all whether it has the facts that are the same everywhere, too; otherwise only their number
     */
    public List<String> lines(boolean all) {
        List<List<String>> lines = new ArrayList<>();
        List<String> titles = new Row("", names).cells();
        lines.add(titles);
        int different = 0;
        int same = 0;
        for (Group group : Group.values()) {
            List<Row> rows = rows(group);
            int equal = (int) rows.stream().filter(Row::isSame).count();
            different += rows.size() - equal;
            same += equal;
            if (!rows.isEmpty()) {
                lines.add(List.of(group.word() + ": " + counts(rows.size() - equal, equal)));
                rows.stream().filter(row -> all || !row.isSame()).forEach(row -> {
                    List<String> cells = row.cells();
                    cells.set(0, GAP + cells.get(0));
                    lines.add(cells);
                });
            }
        }
        lines.add(List.of(Text.count(different, "fact") + (different == 1 ? " differs, " : " differ, ") + same
                + (same == 1 ? " is" : " are") + " the same"));
        return aligned(lines);
    }

    private static String counts(int different, int same) {
        if (different == 0) {
            return "all " + same + " the same";
        }
        return different + (different == 1 ? " differs" : " differ") + (same == 0 ? "" : ", " + same + " the same");
    }

    /** Returns each list of cells as a line; a single cell is a heading, which may be wider than its column. */
    private static List<String> aligned(List<List<String>> lines) {
        int columns = lines.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> lines.stream()
                        .filter(cells -> cells.size() == columns)
                        .mapToInt(cells -> cells.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return lines.stream()
                .map(cells -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < cells.size(); i++) {
                        line.append(cells.get(i));
                        line.append(
                                " ".repeat(Math.max(0, widths[i] - cells.get(i).length())));
                        line.append(GAP);
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }
}
