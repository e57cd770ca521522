package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.protocol.HandlerEvent;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.session.StepResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An expectation of the errors of the project's handler. A check of an event has exactly one. */
public sealed interface InvocationErrors extends Expectation {
    /**
     * Expects that no invocation fails.
     *
     * @param event the event, which knows the number of invocations; not null
     * @param timeout the time limit of each invocation, empty for the function's; not null
     */
    record None(HandlerEvent event, Optional<Duration> timeout) implements InvocationErrors {
        @Override
        public List<Violation> violations(Observation seen) {
            HandlerResult result = Stream.handler(seen.command());
            if (result.isInitializationFailed()) {
                return List.of(Violation.of("the handler could not be initialized: "
                        + Text.line(result.errors().get(0).text())));
            }
            List<Violation> violations = new ArrayList<>();
            boolean endedEarly = result.durations().size() < event.invocations();
            if (!result.errors().isEmpty()) {
                int more = result.failed() - 1;
                violations.add(Violation.of(problem(result.errors().get(0), seen.command(), endedEarly)
                        + (more > 0 ? ", and " + Text.count(more, "more invocation") + " failed" : "")));
            }
            if (endedEarly && event.invocations() > 1) {
                violations.add(Violation.of("only " + result.durations().size() + " of " + event.invocations()
                        + " invocations ran before the function's timeout (lshell.timeout)"));
            }
            return violations;
        }

        private String problem(HandlerResult.Error error, StepResult step, boolean endedEarly) {
            int all = event.warmup() + event.invocations();
            String invocation = all == 1
                    ? "the invocation"
                    : "invocation " + error.invocation() + " of " + all
                            + (error.invocation() <= event.warmup() ? " (warm-up)" : "");
            if (!error.type().equals(HandlerResult.Error.TIMEOUT)) {
                return invocation + " failed with " + Text.line(error.text());
            }
            return timeout.filter(limit -> step.duration().compareTo(limit) >= 0 && !endedEarly)
                    .map(limit -> invocation + " was ended by its timeout of " + DurationText.format(limit))
                    .orElse(invocation + " was ended by the function's timeout (lshell.timeout)");
        }
    }

    /**
     * Expects that an invocation, or the initialization, fails.
     *
     * @param first what is expected of the first error, not null
     */
    record Expected(List<Expectation> first) implements InvocationErrors {
        public Expected {
            first = List.copyOf(first);
        }

        @Override
        public List<Violation> violations(Observation seen) throws IOException {
            if (Stream.handler(seen.command()).errors().isEmpty()) {
                return List.of(Violation.of("error is none, but expected one"));
            }
            List<Violation> violations = new ArrayList<>();
            for (Expectation expectation : first) {
                violations.addAll(expectation.violations(seen));
            }
            return violations;
        }
    }
}
