package io.github.lambdashell.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * The result of passing an event to the project's handler.
 *
 * @param pid process ID of the last invocation's process; 0 if none has started
 * @param init duration of the handler's initialization; empty if its process had started earlier, not null
 * @param restore duration of the restore; empty if there was none in this step, not null
 * @param durations of the counted invocations, in order, not null
 * @param failed how many of all invocations failed
 * @param errors the first errors, in order, not null
 * @param maxMemoryBytes the largest resident memory of the process; 0 if it is unknown
 * @param growth its change from the first to the last counted invocation; empty unless there were two in one process
 * @param heapReason why the growth has no heap, not null
 */
public record HandlerResult(
        long pid,
        Optional<Duration> init,
        Optional<Duration> restore,
        List<Duration> durations,
        int failed,
        List<Error> errors,
        long maxMemoryBytes,
        Optional<Growth> growth,
        Optional<String> heapReason) {
    public HandlerResult {
        Objects.requireNonNull(init);
        Objects.requireNonNull(restore);
        durations = List.copyOf(durations);
        errors = List.copyOf(errors);
        Objects.requireNonNull(growth);
        Objects.requireNonNull(heapReason);
    }

    /** Returns whether the handler failed before its first invocation. */
    public boolean isInitializationFailed() {
        return errors.stream().anyMatch(error -> error.invocation() == 0);
    }

    /** Returns the result with its texts changed. */
    public HandlerResult withTexts(UnaryOperator<String> change) {
        return new HandlerResult(
                pid,
                init,
                restore,
                durations,
                failed,
                errors.stream().map(error -> error.withTexts(change)).toList(),
                maxMemoryBytes,
                growth,
                heapReason.map(change));
    }

    /**
     * An error of one invocation.
     *
     * @param invocation its number from 1 on, the warm-up included; 0 for the initialization
     * @param type the error's type, such as {@code java.lang.IllegalStateException} or {@code Sandbox.Timedout}; not null
     * @param message the error's message, may be empty, not null
     * @param stackTrace the lines of its stack trace, may be empty, not null
     */
    public record Error(int invocation, String type, String message, List<String> stackTrace) {
        /** The type of an invocation that its time limit ended. */
        public static final String TIMEOUT = "Sandbox.Timedout";

        public Error {
            Objects.requireNonNull(type);
            Objects.requireNonNull(message);
            stackTrace = List.copyOf(stackTrace);
        }

        /** Returns the type and the message, as a stack trace begins. */
        public String text() {
            return message.isEmpty() ? type : type + ": " + message;
        }

        private Error withTexts(UnaryOperator<String> change) {
            return new Error(
                    invocation,
                    change.apply(type),
                    change.apply(message),
                    stackTrace.stream().map(change).toList());
        }
    }

    /**
     * A change from the first to the last counted invocation; negative if less is in use.
     *
     * @param descriptors of open file descriptors
     * @param threads of threads
     * @param tmpBytes of the size of the files in /tmp
     * @param heapBytes of the live objects after a collection; empty if it is unknown, not null
     */
    public record Growth(long descriptors, long threads, long tmpBytes, OptionalLong heapBytes) {
        public Growth {
            Objects.requireNonNull(heapBytes);
        }
    }
}
