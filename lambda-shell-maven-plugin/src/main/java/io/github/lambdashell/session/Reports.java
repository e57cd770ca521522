package io.github.lambdashell.session;

import io.github.lambdashell.target.InvocationReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The figures of a session's invocations from Lambda's REPORT lines: the last {@value #KEPT} of them, and sums over
 * all. Safe for use by several threads.
 */
public final class Reports {
    static final int KEPT = 100;

    private final Deque<InvocationReport> reports = new ArrayDeque<>();
    private int invocations;
    private Duration billed = Duration.ZERO;
    private double billedGigabyteSeconds;

    /** Adds one invocation; one without a report is only counted. */
    synchronized void add(Optional<InvocationReport> invocation) {
        invocations++;
        invocation.ifPresent(report -> {
            reports.addLast(report);
            if (reports.size() > KEPT) {
                reports.removeFirst();
            }
            billed = billed.plus(report.billedDuration());
            billedGigabyteSeconds += report.gigabyteSeconds();
        });
    }

    /** Returns the last reports, the newest last. */
    public synchronized List<InvocationReport> last() {
        return List.copyOf(reports);
    }

    /** Returns the number of invocations. */
    public synchronized int invocations() {
        return invocations;
    }

    /** Returns the billed time of all invocations. */
    public synchronized Duration billed() {
        return billed;
    }

    /** Returns the billed time multiplied by the memory, in GB-seconds, which AWS charges for. */
    public synchronized double billedGigabyteSeconds() {
        return billedGigabyteSeconds;
    }
}
