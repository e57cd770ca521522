package io.github.lambdashell.check.environment;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The facts of one environment in groups, each a name with a value that may be empty. Immutable. */
public final class Snapshot {
    private static final String SEPARATOR = " = ";
    /** The last line that the script of the check prints. */
    private static final String END = "[end]";

    private final Map<Group, SortedMap<String, String>> facts;

    private Snapshot(Map<Group, SortedMap<String, String>> facts) {
        this.facts = facts;
    }

    /** A text that is no snapshot; the message says where. */
    public static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(int line, String problem) {
            this("line " + line + ": " + problem);
        }

        MalformedException(String problem) {
            super(problem);
        }
    }

    /**
     * Parses what the script of the check printed.
     *
     * @throws MalformedException if the last line is missing, or another line is wrong
     */
    public static Snapshot ofPrinted(List<String> lines) throws MalformedException {
        int last = lines.size() - 1;
        if (last < 0 || !lines.get(last).equals(END)) {
            throw new MalformedException("its script ended before the last fact");
        }
        return parse(lines.subList(0, last), 1);
    }

    /**
     * Parses groups: a line {@code [group]}, and then a line {@code name} or {@code name = value} for each fact.
     *
     * @param lines without line ends, not null
     * @param first the number of the first line, for messages
     * @throws MalformedException at the first line that is neither, or that has a fact for the second time
     */
    public static Snapshot parse(List<String> lines, int first) throws MalformedException {
        Map<Group, SortedMap<String, String>> facts = new EnumMap<>(Group.class);
        SortedMap<String, String> group = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            int number = first + i;
            refuseConflict(line, number);
            if (line.startsWith("[") && line.endsWith("]")) {
                String word = line.substring(1, line.length() - 1);
                Group named = Group.of(word)
                        .orElseThrow(() -> new MalformedException(number, "there is no group '" + word + "'"));
                group = facts.computeIfAbsent(named, each -> new TreeMap<>());
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                if (group == null) {
                    throw new MalformedException(number, "a fact must follow a group such as [packages]");
                }
                String[] fact = line.split(SEPARATOR, 2);
                String before = group.put(fact[0], fact.length == 1 ? "" : fact[1]);
                if (before != null) {
                    throw new MalformedException(number, "'" + fact[0] + "' occurs twice in its group");
                }
            }
        }
        return new Snapshot(facts);
    }

    static void refuseConflict(String line, int number) throws MalformedException {
        if (line.startsWith("<<<<<<<") || line.startsWith("=======") || line.startsWith(">>>>>>>")) {
            throw new MalformedException(number, "is the mark of a merge conflict");
        }
    }

    /** Returns the facts of a group, sorted by name. */
    public SortedMap<String, String> facts(Group group) {
        return Collections.unmodifiableSortedMap(facts.getOrDefault(group, Collections.emptySortedMap()));
    }

    /** Returns target, runtime and architecture, and the memory if that is a fact: {@code local-java21-x86_64-1024MB}. */
    String identity() {
        SortedMap<String, String> environment = facts(Group.ENVIRONMENT);
        String memory = environment.getOrDefault("memory-size", "");
        return String.join(
                "-",
                environment.getOrDefault("target", ""),
                environment.getOrDefault("runtime", ""),
                environment.getOrDefault("architecture", "") + (memory.isEmpty() ? "" : "-" + memory + "MB"));
    }

    /** Returns the groups that have facts, as {@link #parse} reads them. */
    String text() {
        StringBuilder text = new StringBuilder();
        facts.forEach((group, named) -> {
            if (!named.isEmpty()) {
                text.append("\n[").append(group.word()).append("]\n");
                named.forEach((name, value) -> text.append(line(name, value)).append('\n'));
            }
        });
        return text.toString();
    }

    static String line(String name, String value) {
        return value.isEmpty() ? name : name + SEPARATOR + value;
    }
}
