package io.github.lambdashell.check.learn;

import io.github.lambdashell.check.Observation;
import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.session.Output;
import io.github.lambdashell.session.StepResult;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A command that ran, with its output.
 *
 * @param command the text for the shell, not null
 * @param exitCode its exit code
 * @param output the bytes of stdout and stderr, or of both as output; not null
 * @param cut whether more output was not kept
 * @param workingDirectory its directory, empty for the function's own; not null
 * @param environment changes to the function's environment, a null value removes a variable; not null
 */
public record RanCommand(
        String command,
        int exitCode,
        Map<Stream, byte[]> output,
        boolean cut,
        Optional<String> workingDirectory,
        Map<String, String> environment) {
    public RanCommand {
        Objects.requireNonNull(command);
        Map<Stream, byte[]> ordered = new EnumMap<>(Stream.class);
        ordered.putAll(output);
        output = Collections.unmodifiableMap(ordered);
        Objects.requireNonNull(workingDirectory);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }

    /** Returns the observation that a check makes of it. */
    Observation observation() {
        return Observation.of(new StepResult(
                command,
                false,
                exitCode,
                false,
                Duration.ZERO,
                Optional.empty(),
                of(Stream.STDOUT),
                of(Stream.STDERR),
                of(Stream.OUTPUT)));
    }

    private Output of(Stream stream) {
        Output bytes = new Output();
        byte[] kept = output.getOrDefault(stream, new byte[0]);
        bytes.write(kept, 0, kept.length);
        return bytes;
    }
}
