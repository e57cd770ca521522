package io.github.lambdashell.check.ready;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.Waiver;
import io.github.lambdashell.check.expect.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A ready-made check: a bash script that runs in place of the user's command. It writes a line for each thing that it
 * checked, beginning with {@code ok - } or {@code not ok - }, or a fact that is compared here, with its reason in a line
 * that begins with {@code # }. It ends with an exit code other than 0 when it could not check.
 */
public interface ReadyMade {
    /** The beginning of a line about something that is not as expected. */
    String NOT_OK = "not ok - ";

    /** The beginning of a line with the reason of the fact before it, and a remedy. */
    String REASON = "# ";

    /** The middle of a violation whose reason follows. */
    String NOT_CHECKED = " could not be checked: ";

    /** Returns the element's name in the vocabulary. */
    String word();

    /** Returns the element's values, for a person; empty for none. */
    default String values() {
        return "";
    }

    /** Returns the script, for bash. */
    String script();

    /** Returns the facts that the script prints. */
    default List<Fact> facts() {
        return List.of();
    }

    /** Returns the target that the check needs, empty where every target will do. */
    default Optional<Check.TargetRequirement> requirement() {
        return Optional.empty();
    }

    /** Returns the check for the package of a build, which is read only if the check needs it. */
    default ReadyMade of(Supplier<BuildFiles> build) {
        return this;
    }

    /** Returns the waiver of its failure that its own elements ask for, empty for none. */
    default Optional<Waiver> waiver() {
        return Optional.empty();
    }

    /** Returns the name with the values, for a person. */
    default String title() {
        return (word() + " " + values()).strip();
    }

    /** Returns the expectation that the script's output has no {@code not ok} and no other fact than expected. */
    default Expectation verdict() {
        return seen -> {
            List<Violation> violations = new ArrayList<>();
            List<Fact> facts = facts();
            List<Fact> missing = new ArrayList<>(facts);
            int before = 0;
            boolean checked = false;
            try (Lines lines = new Lines(seen.command().stdout())) {
                for (CharSequence line = lines.next(); line != null; line = lines.next()) {
                    String text = line.toString();
                    if (text.startsWith(REASON)) {
                        String reason = "; " + Text.line(text.substring(REASON.length()));
                        violations
                                .subList(before, violations.size())
                                .replaceAll(violation -> Violation.of(violation.text() + reason));
                        continue;
                    }
                    before = violations.size();
                    checked |= text.startsWith("ok - ") || text.startsWith(NOT_OK);
                    if (text.startsWith(NOT_OK)) {
                        violations.add(Violation.of(Text.line(text.substring(NOT_OK.length()))));
                    }
                    for (Fact fact : facts) {
                        if (fact.isIn(text)) {
                            violations.addAll(fact.violations(text));
                            missing.remove(fact);
                            checked = true;
                        }
                    }
                }
            }
            int exitCode = seen.command().exitCode();
            boolean unknown = violations.isEmpty() && !missing.isEmpty();
            // A timeout is reported separately.
            if (!seen.command().timedOut() && (exitCode != 0 || !checked || unknown)) {
                int maxBytes = 1000;
                String stderr = seen.command().stderr().text(maxBytes).strip();
                String reason = stderr.isEmpty() ? "exit code " + exitCode : Text.line(stderr);
                violations.add(Violation.of(word() + NOT_CHECKED + reason));
            }
            return violations;
        };
    }
}
