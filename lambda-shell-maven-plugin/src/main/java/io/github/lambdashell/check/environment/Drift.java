package io.github.lambdashell.check.environment;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The facts of one group that differ in one way.
 *
 * @param group the group, not null
 * @param kind the way, not null
 * @param facts at least one, sorted by name
 */
public record Drift(Group group, Kind kind, List<Fact> facts) {
    private static final int MAX_NAMED = 5;

    /** How facts differ. */
    public enum Kind {
        /** The value is another one. */
        CHANGED,
        /** The fact is new. */
        ADDED,
        /** The fact is absent. */
        REMOVED
    }

    /**
     * A fact before and after.
     *
     * @param name its name, not null
     * @param before null for one that is new
     * @param after null for one that is absent
     */
    public record Fact(String name, String before, String after) {
        private String text() {
            if (before == null || after == null) {
                return Snapshot.line(name, before == null ? after : before).replace(" = ", " ");
            }
            return name + " " + (before.isEmpty() ? "without a value" : before) + " -> "
                    + (after.isEmpty() ? "without a value" : after);
        }
    }

    public Drift {
        facts = List.copyOf(facts);
    }

    /** Returns all differences, by group. */
    public static List<Drift> between(Snapshot before, Snapshot after, List<IgnoredFacts> ignored) {
        List<Drift> drifts = new ArrayList<>();
        for (Group group : Group.values()) {
            SortedMap<String, String> old = before.facts(group);
            SortedMap<String, String> now = after.facts(group);
            List<Fact> changed = new ArrayList<>();
            List<Fact> added = new ArrayList<>();
            List<Fact> removed = new ArrayList<>();
            old.forEach((name, value) -> {
                if (!now.containsKey(name)) {
                    removed.add(new Fact(name, value, null));
                } else if (!now.get(name).equals(value)) {
                    changed.add(new Fact(name, value, now.get(name)));
                }
            });
            now.forEach((name, value) -> {
                if (!old.containsKey(name)) {
                    added.add(new Fact(name, null, value));
                }
            });
            add(group, Kind.CHANGED, changed, ignored, drifts);
            add(group, Kind.ADDED, added, ignored, drifts);
            add(group, Kind.REMOVED, removed, ignored, drifts);
        }
        return drifts;
    }

    private static void add(Group group, Kind kind, List<Fact> facts, List<IgnoredFacts> ignored, List<Drift> drifts) {
        facts.removeIf(fact -> ignored.stream().anyMatch(each -> each.matches(group, fact.name())));
        if (!facts.isEmpty()) {
            drifts.add(new Drift(group, kind, facts));
        }
    }

    /** Returns the difference in one line: {@code 1 package changed: openssl-libs 3.2.2-1 -> 3.2.2-2}. */
    public String text() {
        String named = facts.stream().limit(MAX_NAMED).map(Fact::text).collect(Collectors.joining(", "));
        int more = facts.size() - MAX_NAMED;
        return Text.line(group.count(facts.size()) + " " + kind.name().toLowerCase(Locale.ROOT) + ": " + named
                + (more > 0 ? " and " + more + " more" : ""));
    }

    /** Returns the facts that differ. */
    public List<Violation.Change> changes() {
        return facts.stream()
                .map(fact -> new Violation.Change(group.word(), fact.name(), fact.before(), fact.after()))
                .toList();
    }

    /** Returns the lines of the lock file that differ, with {@code -} and {@code +}. */
    public List<String> diff() {
        List<String> lines = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact.before() != null) {
                lines.add("-" + Snapshot.line(fact.name(), fact.before()));
            }
            if (fact.after() != null) {
                lines.add("+" + Snapshot.line(fact.name(), fact.after()));
            }
        }
        return lines;
    }
}
