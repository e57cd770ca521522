package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.expect.Condition;
import io.github.lambdashell.check.expect.Contains;
import io.github.lambdashell.check.expect.EqualsText;
import io.github.lambdashell.check.expect.IsEmpty;
import io.github.lambdashell.check.expect.Matches;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.check.golden.EqualsFile;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.session.Output;
import io.github.lambdashell.session.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Expectations that nothing could meet together. */
final class Contradictions {
    private Contradictions() {}

    /** Returns the problem where no value is within all bounds. */
    static Optional<String> ofBounds(Map<String, BigDecimal> operands, Unit unit) {
        for (String low : List.of("gt", "ge", "equals")) {
            for (String high : List.of("lt", "le", "equals")) {
                if (operands.containsKey(low) && operands.containsKey(high) && !low.equals(high)) {
                    int order = operands.get(low).compareTo(operands.get(high));
                    boolean strict = low.equals("gt") || high.equals("lt");
                    if (order > 0 || order == 0 && strict) {
                        return Optional.of("no value can be both " + low + " "
                                + unit.format(operands.get(low)) + " and " + high + " "
                                + unit.format(operands.get(high)));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the problems of conditions that a text, which is expected as well, does not meet. */
    static List<String> ofText(String text, List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> !condition.holds().test(text))
                .map(condition -> "no value can be both " + Text.quote(text) + " and " + condition.expected())
                .toList();
    }

    /** Returns the problems of expectations of one stream. */
    static List<String> ofStream(List<Expectation> expectations) {
        List<String> problems = new ArrayList<>();
        for (Expectation expectation : expectations) {
            // One that describes all of the output: the others, which it does not exclude anyway, are tried on that.
            if (expectation instanceof EqualsText equals) {
                tryOn(equals.text(), "equals " + Text.quote(equals.text()), expectations, problems);
            } else if (expectation instanceof IsEmpty empty && empty.expected()) {
                tryOn("", "empty output", expectations, problems);
            }
        }
        for (Expectation required : expectations) {
            for (Expectation forbidden : expectations) {
                if (required instanceof Contains wanted
                        && forbidden instanceof Contains unwanted
                        && wanted.expected()
                        && !unwanted.expected()
                        && wanted.text().contains(unwanted.text())) {
                    problems.add("contains " + Text.quote(wanted.text()) + " and notContains "
                            + Text.quote(unwanted.text()) + " are mutually exclusive");
                }
                if (required instanceof Matches wanted
                        && forbidden instanceof Matches unwanted
                        && wanted.expected()
                        && !unwanted.expected()
                        && wanted.pattern().pattern().equals(unwanted.pattern().pattern())) {
                    problems.add("matches and notMatches are both " + wanted.pattern());
                }
            }
        }
        return problems;
    }

    private static void tryOn(String text, String shown, List<Expectation> expectations, List<String> problems) {
        Output output = Output.of(text);
        HandlerResult.Error error =
                new HandlerResult.Error(1, text, text, text.lines().toList());
        HandlerResult handler = new HandlerResult(
                0,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                1,
                List.of(error),
                0,
                Optional.empty(),
                Optional.empty());
        StepResult step =
                new StepResult("", false, 0, false, Duration.ZERO, Optional.of(handler), output, output, output);
        Observation observation = Observation.of(step);
        for (Expectation expectation : expectations) {
            if (expectation instanceof EqualsText
                    || expectation instanceof IsEmpty
                    || expectation instanceof EqualsFile) {
                continue;
            }
            try {
                for (Violation violation : expectation.violations(observation)) {
                    problems.add("contradictory expectations: with " + shown + ", " + violation.text());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
