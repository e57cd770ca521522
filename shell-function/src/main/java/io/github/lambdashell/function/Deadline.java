package io.github.lambdashell.function;

import com.amazonaws.services.lambda.runtime.Context;
import io.github.lambdashell.function.process.Signal;
import java.util.concurrent.TimeUnit;

/** The time at which a command is ended. */
final class Deadline {
    /** Far enough never to come, near enough for sums. */
    private static final long NEVER = TimeUnit.DAYS.toNanos(10_000);

    private static final long LARGEST_MARGIN_MILLIS = 1000;

    /** In terms of {@link System#nanoTime}. */
    final long nanos;

    /** The time from the first signal to KILL. */
    final long graceMillis;

    private Deadline(long nanos, long graceMillis) {
        this.nanos = nanos;
        this.graceMillis = graceMillis;
    }

    /**
     * Shortly before Lambda's own: a tenth of the time that is left, 1 s at most.
     *
     * @param context null for none
     */
    static Deadline of(Context context) {
        long now = System.nanoTime();
        if (context == null) {
            return new Deadline(now + NEVER, Signal.TERM.graceMillis);
        }
        long left = context.getRemainingTimeInMillis();
        long margin = Math.min(left / 10, LARGEST_MARGIN_MILLIS);
        return new Deadline(
                now + TimeUnit.MILLISECONDS.toNanos(left - margin), Math.min(margin / 2, Signal.TERM.graceMillis));
    }

    /** This one, or {@code timeoutMillis} from now if that is sooner. */
    Deadline within(long timeoutMillis) {
        long now = System.nanoTime();
        long timeout = timeoutMillis < TimeUnit.NANOSECONDS.toMillis(NEVER) ? timeoutMillis * 1_000_000 : NEVER;
        return timeout < nanos - now ? new Deadline(now + timeout, Signal.TERM.graceMillis) : this;
    }

    boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }
}
