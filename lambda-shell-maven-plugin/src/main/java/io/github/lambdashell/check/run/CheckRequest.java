package io.github.lambdashell.check.run;

import io.github.lambdashell.check.Capture;
import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.NoValueException;
import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.References;
import io.github.lambdashell.check.Samples;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.expect.InvocationErrors;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.session.ShellQuoting;
import io.github.lambdashell.session.StepResult;
import io.github.lambdashell.session.StepsResult;
import io.github.lambdashell.target.InvocationReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A check as the steps of one request: setup, entering the working directory, the command, the expectations' scripts,
 * teardown. After a failed setup the rest of the setup and the command are skipped; the other steps always run.
 */
final class CheckRequest {
    private static final int MAX_SHOWN_BYTES = 1000;
    private static final int MAX_SAMPLE_BYTES = 10_000;

    private final Check check;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Expectation, Integer> probes = new HashMap<>();
    private final int setupIndex;
    private final int commandIndex;

    /** @param first a step before those of the check, empty for none; not null */
    CheckRequest(Check check, Optional<Step> first) {
        this.check = check;
        first.ifPresent(steps::add);
        setupIndex = steps.size();
        check.setup().forEach(text -> add("setup", References.inShell(text), true));
        Check.Command command = check.command();
        command.workingDirectory().ifPresent(directory -> steps.add(step("workingDirectory", enter(directory), true)));
        commandIndex = steps.size();
        steps.add(step(command, commandIndex > setupIndex));
        for (Expectation expectation : check.expectations()) {
            expectation.probe().ifPresent(script -> {
                probes.put(expectation, steps.size());
                add("probe", script, false);
            });
        }
        if (check.samples().isSampled()) {
            steps.add(Step.of("sample", Sampling.SCRIPT));
        }
        check.teardown().forEach(text -> add("teardown", References.inShell(text), false));
    }

    private static Step step(Check.Command command, boolean skipAfterFailure) {
        if (command.event().isPresent()) {
            return Step.event(
                    "command", command.event().get(), command.timeout().orElse(null), skipAfterFailure);
        }
        return new Step(
                "command",
                command.text(),
                Optional.empty(),
                command.stdin().getBytes(StandardCharsets.UTF_8),
                command.workingDirectory().orElse(null),
                command.environment(),
                command.timeout().orElse(null),
                skipAfterFailure);
    }

    private Step step(String name, String text, boolean skipAfterFailure) {
        return new Step(
                name, text, Optional.empty(), new byte[0], null, check.command().environment(), null, skipAfterFailure);
    }

    private void add(String name, String text, boolean skipAfterFailure) {
        // The setup may create the directory; the command itself requires it.
        String directory = check.command()
                .workingDirectory()
                .map(path -> enter(path) + " 2>/dev/null\n")
                .orElse("");
        steps.add(step(name, directory + text, skipAfterFailure));
    }

    private static String enter(String directory) {
        return "cd -- " + ShellQuoting.quote(directory);
    }

    List<Step> steps() {
        return steps;
    }

    /**
     * The outcome of the request.
     *
     * @param command the command's result, empty when it did not run
     * @param violations all violations
     * @param captures captured values by name
     */
    record Outcome(Optional<StepResult> command, List<Violation> violations, Map<String, String> captures) {}

    Outcome judge(StepsResult result) throws IOException {
        List<StepResult> results = result.steps();
        List<Violation> violations = new ArrayList<>();
        around("setup", check.setup(), setupIndex, results, violations);
        Optional<StepResult> command = Optional.empty();
        Map<String, String> captures = new LinkedHashMap<>();
        check.command()
                .workingDirectory()
                .filter(directory -> hasFailed(results, commandIndex - 1))
                .ifPresent(directory -> violations.add(Violation.of("workingDirectory " + Text.apostrophes(directory)
                        + " does not exist or can't be entered, so the command did not run; create it in setup, or"
                        + " correct it")));
        if (results.size() > commandIndex && !results.get(commandIndex).skipped()) {
            command = Optional.of(results.get(commandIndex));
            expectations(results, result, violations, captures);
        } else if (violations.isEmpty()) {
            violations.add(Violation.of("the function's timeout ended the setup, so the command did not run"));
        }
        int teardown = steps.size() - check.teardown().size();
        around("teardown", check.teardown(), teardown, results, violations);
        return new Outcome(command, violations, captures);
    }

    /** Returns the facts of the execution environment; none if the function's timeout ended the request before. */
    Samples.Sample sample(StepsResult result, boolean failed) throws IOException {
        int index = steps.size() - check.teardown().size() - 1;
        Map<Samples.Fact, String> facts = new EnumMap<>(Samples.Fact.class);
        if (index < result.steps().size()) {
            facts.putAll(Samples.Sample.facts(result.steps().get(index).stdout().text(MAX_SAMPLE_BYTES)));
        }
        result.metrics()
                .flatMap(InvocationReport::runtimeVersion)
                .ifPresent(version -> facts.put(Samples.Fact.RUNTIME_VERSION, version));
        return new Samples.Sample(result.sandbox(), result.coldStart(), failed, facts);
    }

    private static boolean hasFailed(List<StepResult> results, int index) {
        return index < results.size()
                && !results.get(index).skipped()
                && results.get(index).exitCode() != 0;
    }

    private void expectations(
            List<StepResult> results, StepsResult result, List<Violation> violations, Map<String, String> captures)
            throws IOException {
        StepResult command = results.get(commandIndex);
        // The errors of an event say what was ended.
        if (command.timedOut() && command.handler().isEmpty()) {
            violations.add(Violation.of(timedOut(command)));
        }
        Map<Expectation, StepResult> seen = new HashMap<>();
        probes.forEach((expectation, index) -> {
            if (index < results.size()) {
                seen.put(expectation, results.get(index));
            }
        });
        Observation observation = new Observation(command, result.coldStart(), result.metrics(), seen);
        boolean started =
                command.handler().filter(HandlerResult::isInitializationFailed).isEmpty();
        for (Expectation expectation : check.expectations()) {
            // Without a handler there is nothing else to judge.
            if (started || expectation instanceof InvocationErrors) {
                violations.addAll(expectation.violations(observation));
            }
        }
        for (Capture capture : started ? check.captures() : List.<Capture>of()) {
            try {
                captures.put(capture.name(), capture.value(observation));
            } catch (NoValueException e) {
                violations.add(Violation.of(e.getMessage()));
            }
        }
    }

    private String timedOut(StepResult command) {
        return check.command()
                .timeout()
                .filter(limit -> command.duration().compareTo(limit) >= 0)
                .map(limit -> "the command was ended by its timeout of " + DurationText.format(limit))
                .orElseGet(() -> "the command was ended by the function's timeout (lshell.timeout), after "
                        + DurationText.format(command.duration()));
    }

    /** Adds the violations of setup or teardown, whose commands must have the exit code 0. */
    private void around(
            String what, List<String> commands, int first, List<StepResult> results, List<Violation> violations) {
        for (int i = 0; i < commands.size(); i++) {
            String subject = what + " " + Text.quote(commands.get(i));
            if (first + i >= results.size()) {
                if (what.equals("teardown")) {
                    violations.add(Violation.of(subject + " did not run: the function's timeout ended the request"));
                }
                continue;
            }
            StepResult step = results.get(first + i);
            if (!step.skipped() && (step.exitCode() != 0 || step.timedOut())) {
                String consequence = what.equals("setup") ? ", so the command did not run" : "";
                String written = step.output().text(MAX_SHOWN_BYTES).strip();
                String ended = step.timedOut()
                        ? " was ended by the function's timeout (lshell.timeout), after "
                                + DurationText.format(step.duration())
                        : " has exit code " + step.exitCode();
                violations.add(Violation.of(subject
                        + ended
                        + consequence
                        + (written.isEmpty() ? "" : "; its output is " + Text.quote(written))));
            }
        }
    }
}
