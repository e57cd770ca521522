package io.github.lambdashell.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One command with what is expected of it. Everything in it has been validated.
 *
 * @param name unique among the checks of a run, not null
 * @param place where it is declared, for a person to find it; not null
 * @param command what runs, not null
 * @param setup commands that run before it in the same request, not null
 * @param teardown commands that run after it in the same request whatever happened, not null
 * @param expectations at least one, not null
 * @param retry what follows a failure, not null
 * @param skip whether it is only reported, not run
 * @param tags names for groups of checks, not null
 */
public record Check(
        String name,
        String place,
        Command command,
        List<String> setup,
        List<String> teardown,
        List<Expectation> expectations,
        Retry retry,
        boolean skip,
        Set<String> tags) {
    public Check {
        Objects.requireNonNull(name);
        Objects.requireNonNull(place);
        Objects.requireNonNull(command);
        setup = List.copyOf(setup);
        teardown = List.copyOf(teardown);
        expectations = List.copyOf(expectations);
        Objects.requireNonNull(retry);
        tags = Set.copyOf(tags);
    }

    /**
     * What runs, and in what surroundings; they hold for setup and teardown too, save standard input and the timeout.
     *
     * @param text what the shell runs, not null
     * @param shown what a report shows of it: the text itself, or the word of a ready-made check; not null
     * @param stdin what it reads, empty for nothing, not null
     * @param workingDirectory absolute, or empty for the function's own; not null
     * @param environment changes over the function's own, a null value removes a variable; not null
     * @param timeout after which it is ended; not null
     */
    public record Command(
            String text,
            String shown,
            String stdin,
            Optional<String> workingDirectory,
            Map<String, String> environment,
            Optional<Duration> timeout) {
        public Command {
            Objects.requireNonNull(text);
            Objects.requireNonNull(shown);
            Objects.requireNonNull(stdin);
            Objects.requireNonNull(workingDirectory);
            Objects.requireNonNull(environment);
            Objects.requireNonNull(timeout);
        }
    }

    /**
     * What follows a failure.
     *
     * @param retries how often the whole check is run again, 0 for never
     * @param delay the pause before each, not null
     */
    public record Retry(int retries, Duration delay) {
        /** No second try. */
        public static final Retry NEVER = new Retry(0, Duration.ZERO);

        public Retry {
            Objects.requireNonNull(delay);
        }
    }
}
