package io.github.lambdashell.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What Lambda's REPORT lines said of a session's invocations: the last {@value #KEPT} of them, and sums over all. Safe
 * for use by several threads.
 */
public final class Reports {
    static final int KEPT = 100;

    private final Deque<String> lines = new ArrayDeque<>();
    private int invocations;
    private Duration billed = Duration.ZERO;
    private double billedGigabyteSeconds;

    /** Takes the tail of an invocation's log; one without a REPORT line counts as an invocation and no more. */
    synchronized void add(String log) {
        invocations++;
        ReportLine.find(log).ifPresent(line -> {
            lines.addLast(line);
            if (lines.size() > KEPT) {
                lines.removeFirst();
            }
            Metrics metrics = ReportLine.parse(line).orElseThrow();
            billed = billed.plus(metrics.billedDuration());
            billedGigabyteSeconds += metrics.gigabyteSeconds();
        });
    }

    /** The last lines as Lambda wrote them, the newest last. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** What the last lines say, the newest last. */
    public List<Metrics> metrics() {
        return lines().stream().flatMap(line -> ReportLine.parse(line).stream()).toList();
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
