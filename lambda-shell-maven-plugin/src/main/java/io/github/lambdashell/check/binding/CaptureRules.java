package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Capture;
import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.When;
import io.github.lambdashell.check.binding.ReferenceTexts.Found;
import io.github.lambdashell.config.Problems;
import io.github.lambdashell.config.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rules of references: each is to a capture of an earlier check, which runs whenever the later check does. */
final class CaptureRules {
    private final List<Bound> checks;
    private final Problems problems;
    /** The indexes of the checks by the names of what they capture. */
    private final Map<String, Integer> sources = new HashMap<>();

    /**
     * A check and the references in its texts.
     *
     * @param check the check
     * @param references its references
     */
    record Bound(Check check, List<Found> references) {}

    private CaptureRules(List<Bound> checks, Problems problems) {
        this.checks = checks;
        this.problems = problems;
    }

    /** Notes all problems of captures and references. */
    static void check(List<Bound> checks, Problems problems) {
        CaptureRules rules = new CaptureRules(checks, problems);
        for (int i = 0; i < checks.size(); i++) {
            rules.addSources(i);
        }
        for (int i = 0; i < checks.size(); i++) {
            for (Found reference : checks.get(i).references()) {
                rules.check(reference, i);
            }
        }
    }

    private void addSources(int index) {
        Check check = checks.get(index).check();
        for (Capture capture : check.captures()) {
            Integer other = sources.putIfAbsent(capture.name(), index);
            if (other != null) {
                problems.add(check.place() + ": the name of a capture must be unique, but "
                        + Text.apostrophes(capture.name()) + " is used by "
                        + checks.get(other).check().place());
            }
        }
    }

    private void check(Found reference, int index) {
        Integer source = sources.get(reference.name());
        if (source == null) {
            add(reference, "which no check captures" + remedy(reference.name()));
            return;
        }
        Check earlier = checks.get(source).check();
        When when = checks.get(index).check().when();
        if (source == index) {
            add(reference, "which the check captures itself; use it in a later check");
        } else if (source > index) {
            add(reference, "which a later check captures (" + earlier.place() + "); change the order");
        } else if (earlier.skip()) {
            add(reference, "but skip is true in the check that captures it (" + earlier.place() + ")");
        } else if (!earlier.when().equals(When.ALWAYS) && !earlier.when().equals(when)) {
            add(
                    reference,
                    "but the check that captures it (" + earlier.place()
                            + ") runs only under its conditions; specify the same when");
        }
    }

    private String remedy(String name) {
        if (sources.isEmpty()) {
            return "; add capture to an earlier check";
        }
        return Suggestion.ending(
                name,
                sources.keySet(),
                "; the captures are " + sources.keySet().stream().sorted().collect(Collectors.joining(", ")));
    }

    private void add(Found reference, String problem) {
        problems.add(reference.text() + " refers to ${{" + reference.name() + "}}, " + problem);
    }
}
