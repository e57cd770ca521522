package io.github.lambdashell.check.ready;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.expect.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a ready-made check's script hold no {@code not ok}.
 *
 * @param word of the check, not null
 */
record Verdict(String word) implements Expectation {
    private static final String OK = "ok - ";
    private static final String NOT_OK = "not ok - ";
    /** What a message shows of the script's own words, in bytes. */
    private static final int SHOWN = 1000;

    @Override
    public List<Violation> violations(Observation seen) throws IOException {
        List<Violation> violations = new ArrayList<>();
        boolean looked = false;
        try (Lines lines = new Lines(seen.command().stdout())) {
            for (CharSequence line = lines.next(); line != null; line = lines.next()) {
                String text = line.toString();
                looked |= text.startsWith(OK) || text.startsWith(NOT_OK);
                if (text.startsWith(NOT_OK)) {
                    violations.add(Violation.of(Text.line(text.substring(NOT_OK.length()))));
                }
            }
        }
        int exitCode = seen.command().exitCode();
        // A deadline is told by itself.
        if (!seen.command().timedOut() && (exitCode != 0 || !looked)) {
            String said = seen.command().stderr().text(SHOWN).strip();
            violations.add(Violation.of(
                    word + " could not be checked: " + (said.isEmpty() ? "exit code " + exitCode : Text.line(said))));
        }
        return violations;
    }
}
