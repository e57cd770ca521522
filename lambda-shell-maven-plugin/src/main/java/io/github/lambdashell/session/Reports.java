package io.github.lambdashell.session;

import io.github.lambdashell.target.InvocationReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What Lambda's REPORT lines said of a session's invocations: the last {@value #KEPT} of them, and sums over all. Safe
 * for use by several threads.
 */
public final class Reports {
    static final int KEPT = 100;

    private final Deque<InvocationReport> reports = new ArrayDeque<>();
    private int invocations;
    private Duration billed = Duration.ZERO;
    private double billedGigabyteSeconds;

    /** Adds one invocation; without a report it only counts as an invocation. */
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

    /** How often the function was invoked. */
    public synchronized int invocations() {
        return invocations;
    }

    /** The billed time of all invocations. */
    public synchronized Duration billed() {
        return billed;
    }

    /** Billed time by memory, which is what AWS puts a price on. */
    public synchronized double billedGigabyteSeconds() {
        return billedGigabyteSeconds;
    }
}
