package io.github.lambdashell.check;

import io.github.lambdashell.protocol.HandlerEvent;
import io.github.lambdashell.protocol.ProjectHandler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A command, or an event for the project's handler, with its expectations, validated.
 *
 * @param name unique among the checks of a run, not null
 * @param place the place of its declaration, for a person to find it; not null
 * @param command the command, not null
 * @param handler the project's handler beside it, which receives the event; not null
 * @param setup commands that run before it in the same request, not null
 * @param teardown commands that run after it in the same request whatever happened, not null
 * @param expectations at least one, not null
 * @param retry the retries after a failure, not null
 * @param isolate whether each of its requests has a sandbox of its own, which no other request uses
 * @param samples the execution environments in which it runs at the same time, not null
 * @param skip whether it is reported without being run
 * @param tags names of groups of checks, not null
 * @param requirement the target that it needs, empty where every target will do; not null
 * @param captures values that later checks can use, not null
 * @param references the values of earlier checks that it uses, not null
 * @param when the conditions under which it runs, not null
 * @param waiver the waiver of its failure, empty for none; not null
 */
public record Check(
        String name,
        String place,
        Command command,
        Optional<ProjectHandler> handler,
        List<String> setup,
        List<String> teardown,
        List<Expectation> expectations,
        Retry retry,
        boolean isolate,
        Samples samples,
        boolean skip,
        Set<String> tags,
        Optional<TargetRequirement> requirement,
        List<Capture> captures,
        References references,
        When when,
        Optional<Waiver> waiver) {
    public Check {
        Objects.requireNonNull(name);
        Objects.requireNonNull(place);
        Objects.requireNonNull(command);
        Objects.requireNonNull(handler);
        setup = List.copyOf(setup);
        teardown = List.copyOf(teardown);
        expectations = List.copyOf(expectations);
        Objects.requireNonNull(retry);
        Objects.requireNonNull(samples);
        tags = Set.copyOf(tags);
        Objects.requireNonNull(requirement);
        captures = List.copyOf(captures);
        Objects.requireNonNull(references);
        Objects.requireNonNull(when);
        Objects.requireNonNull(waiver);
    }

    /** Returns the check for reports, with the texts that they show changed. */
    public Check withTexts(UnaryOperator<String> change) {
        return with(
                change.apply(name),
                change.apply(place),
                command.withShown(change.apply(command.shown())),
                handler,
                references,
                when);
    }

    /** Returns the check without a handler beside the shell. */
    public Check withoutHandler() {
        return with(name, place, command, Optional.empty(), references.then(Check::withoutHandler), when);
    }

    /** Returns the check with references. */
    public Check with(References otherReferences) {
        return with(name, place, command, handler, otherReferences, when);
    }

    /** Returns the check with other conditions. */
    public Check with(When otherWhen) {
        return with(name, place, command, handler, references, otherWhen);
    }

    /** Returns the check with further changes to the function's environment. */
    public Check withEnvironment(Map<String, String> changes) {
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.putAll(changes);
        return with(name, place, command.withEnvironment(environment), handler, references, when);
    }

    private Check with(
            String otherName,
            String otherPlace,
            Command otherCommand,
            Optional<ProjectHandler> otherHandler,
            References otherReferences,
            When otherWhen) {
        return new Check(
                otherName,
                otherPlace,
                otherCommand,
                otherHandler,
                setup,
                teardown,
                expectations,
                retry,
                isolate,
                samples,
                skip,
                tags,
                requirement,
                captures,
                otherReferences,
                otherWhen,
                waiver);
    }

    /** Returns whether it is a ready-made check whose script reads a variable. */
    public boolean reads(String variable) {
        return command.readyMade() && command.text().contains("$" + variable);
    }

    /**
     * Returns the check for a function: the script of a ready-made check finds facts in its environment that differ from
     * those of the machine that it runs on, or that only the build knows.
     *
     * @param facts values by variables; only those that the script reads are set
     */
    public Check in(Map<String, String> facts) {
        Map<String, String> read = new HashMap<>(facts);
        read.keySet().removeIf(variable -> !reads(variable));
        return with(references.then(check -> check.in(facts))).withEnvironment(read);
    }

    /**
     * A target that a check needs; the check is skipped on another one.
     *
     * @param target {@code local} or {@code aws}, not null
     * @param reason the reason why another target can't judge the check, not null
     */
    public record TargetRequirement(String target, String reason) {
        public TargetRequirement {
            Objects.requireNonNull(target);
            Objects.requireNonNull(reason);
        }
    }

    /**
     * A command and its environment, which applies to setup and teardown too, except for stdin and the timeout.
     *
     * @param text the text for the shell; empty for an event, not null
     * @param event the event that the project's handler receives instead, not null
     * @param shown the text for reports: the same, the name of a ready-made check, or the event; not null
     * @param stdin its standard input, not null
     * @param workingDirectory absolute, or empty for the function's own; not null
     * @param environment changes to the function's environment, a null value removes a variable; not null
     * @param timeout the time after which it, or each invocation of the handler, is ended; not null
     * @param readyMade whether the text is the script of a ready-made check
     */
    public record Command(
            String text,
            Optional<HandlerEvent> event,
            String shown,
            String stdin,
            Optional<String> workingDirectory,
            Map<String, String> environment,
            Optional<Duration> timeout,
            boolean readyMade) {
        public Command {
            Objects.requireNonNull(text);
            Objects.requireNonNull(event);
            Objects.requireNonNull(shown);
            Objects.requireNonNull(stdin);
            Objects.requireNonNull(workingDirectory);
            Objects.requireNonNull(environment);
            Objects.requireNonNull(timeout);
        }

        private Command withShown(String other) {
            return new Command(text, event, other, stdin, workingDirectory, environment, timeout, readyMade);
        }

        private Command withEnvironment(Map<String, String> other) {
            return new Command(text, event, shown, stdin, workingDirectory, other, timeout, readyMade);
        }
    }

    /**
     * The retries after a failure.
     *
     * @param retries how often the check is run again, 0 for never
     * @param delay the pause before each, not null
     */
    public record Retry(int retries, Duration delay) {
        /** No retry. */
        public static final Retry NEVER = new Retry(0, Duration.ZERO);

        public Retry {
            Objects.requireNonNull(delay);
        }
    }
}
