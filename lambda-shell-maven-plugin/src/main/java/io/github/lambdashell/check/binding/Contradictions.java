package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.expect.Contains;
import io.github.lambdashell.check.expect.EqualsText;
import io.github.lambdashell.check.expect.IsEmpty;
import io.github.lambdashell.check.expect.Matches;
import io.github.lambdashell.config.tree.ConfigNode;
import io.github.lambdashell.session.Output;
import io.github.lambdashell.session.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds expectations of one stream that no output could meet together. */
final class Contradictions {
    private final ConfigNode node;
    private final Scope scope;

    Contradictions(ConfigNode node, Scope scope) {
        this.node = node;
        this.scope = scope;
    }

    void find(List<Expectation> expectations) {
        for (Expectation whole : expectations) {
            // Where one says what all of the output is, the others can be tried on that.
            if (whole instanceof EqualsText equals) {
                tryOn(equals.text(), "with equals " + Text.quote(equals.text()), expectations);
            } else if (whole instanceof IsEmpty empty && empty.expected()) {
                tryOn("", "with empty output", expectations);
            }
        }
        for (Expectation required : expectations) {
            for (Expectation forbidden : expectations) {
                if (required instanceof Contains wanted
                        && forbidden instanceof Contains unwanted
                        && wanted.expected()
                        && !unwanted.expected()
                        && wanted.text().contains(unwanted.text())) {
                    scope.problem(
                            node,
                            "what contains " + Text.quote(wanted.text()) + " contains " + Text.quote(unwanted.text())
                                    + " too, which notContains forbids");
                }
                if (required instanceof Matches wanted
                        && forbidden instanceof Matches unwanted
                        && wanted.expected()
                        && !unwanted.expected()
                        && wanted.pattern().pattern().equals(unwanted.pattern().pattern())) {
                    scope.problem(node, "matches and notMatches both have " + wanted.pattern());
                }
            }
        }
    }

    private void tryOn(String text, String with, List<Expectation> expectations) {
        Output output = Output.of(text);
        StepResult step = new StepResult("", false, 0, false, Duration.ZERO, output, output, output);
        Observation observation = new Observation(step, false, Optional.empty(), Map.of());
        for (Expectation expectation : expectations) {
            try {
                for (Violation violation : expectation.violations(observation)) {
                    scope.problem(node, "these can't hold together: " + with + ", " + violation.text());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
