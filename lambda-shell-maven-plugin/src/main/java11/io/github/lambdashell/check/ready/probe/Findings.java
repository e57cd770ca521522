package io.github.lambdashell.check.ready.probe;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The result of a program: problems of several kinds, without those that the user accepts, and notes. */
final class Findings {
    private static final int MAX_PROBLEMS_OF_A_KIND = 10;
    private static final int MAX_EXAMPLES = 3;

    private final Pattern accepted;
    private final Map<String, List<String>> problems = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private int acceptedCount;

    /** @param accepted names, one per line, in which {@code *} matches any text */
    Findings(String accepted) {
        this.accepted = Pattern.compile(accepted.lines()
                .map(name -> Pattern.quote(name).replace("*", "\\E.*\\Q"))
                .collect(Collectors.joining("|")));
    }

    /** Returns whether the user accepts a problem that has one of these names, and counts it. */
    boolean accepts(String... names) {
        for (String name : names) {
            if (accepted.matcher(name).matches()) {
                acceptedCount++;
                return true;
            }
        }
        return false;
    }

    /**
     * Adds a problem.
     *
     * @param kind the plural of its kind, for the number of those that are not shown
     */
    void problem(String kind, String text) {
        problems.computeIfAbsent(kind, key -> new ArrayList<>()).add(text);
    }

    void note(String text) {
        notes.add(text);
    }

    /** Returns a number with its noun. */
    static String count(int number, String singular, String plural) {
        return number + " " + (number == 1 ? singular : plural);
    }

    /** Returns some of several names, and the number of the others. */
    static String some(Collection<String> names) {
        String shown = names.stream().limit(MAX_EXAMPLES).collect(Collectors.joining(", "));
        return names.size() > MAX_EXAMPLES ? shown + " and " + (names.size() - MAX_EXAMPLES) + " more" : shown;
    }

    /** @param summary a note that is printed if there is no problem */
    void print(PrintStream out, String summary) {
        problems.forEach((kind, texts) -> {
            texts.stream().limit(MAX_PROBLEMS_OF_A_KIND).forEach(text -> line(out, "not ok - " + text));
            if (texts.size() > MAX_PROBLEMS_OF_A_KIND) {
                line(out, "not ok - and " + (texts.size() - MAX_PROBLEMS_OF_A_KIND) + " more " + kind);
            }
        });
        if (problems.isEmpty()) {
            line(out, "ok - " + summary);
        }
        notes.forEach(note -> line(out, "ok - " + note));
        if (acceptedCount > 0) {
            line(out, "ok - " + count(acceptedCount, "finding is", "findings are") + " ignored as configured");
        }
        out.flush();
    }

    private static void line(PrintStream out, String text) {
        out.println(text.replace('\n', ' '));
    }
}
