package io.github.lambdashell.console.transfer;

import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.terminal.LiveText;
import java.util.Locale;

/** Shows the progress of a transfer, which can be cancelled between two chunks. */
final class ProgressBar {
    private static final int WIDTH = 30;
    private static final double KILOBYTE = 1e3;
    private static final double MEGABYTE = 1e6;

    private final LiveText text;
    private final String name;
    private final long total;
    private final long start = System.nanoTime();
    private long moved;
    private volatile boolean cancelled;

    /**
     * @param total the number of bytes to transfer
     */
    ProgressBar(LiveText text, String name, long total) {
        this.text = text;
        this.name = name;
        this.total = total;
        show();
    }

    /** Ends the transfer after the current chunk, so that what it created can be removed. */
    void cancel() {
        cancelled = true;
    }

    /**
     * Shows that a chunk was transferred.
     *
     * @throws DetachedException if the transfer was cancelled
     */
    void add(long bytes) throws DetachedException {
        moved += bytes;
        show();
        if (cancelled) {
            throw new DetachedException("cancelled; everything that was transferred is removed");
        }
    }

    /** Returns a size in a suitable unit. */
    static String size(double bytes) {
        if (bytes < KILOBYTE) {
            return String.format(Locale.ROOT, "%.0f bytes", bytes);
        }
        return bytes < MEGABYTE
                ? String.format(Locale.ROOT, "%.1f kB", bytes / KILOBYTE)
                : String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }

    private void show() {
        double share = total == 0 ? 1 : (double) moved / total;
        int filled = (int) Math.round(share * WIDTH);
        double seconds = Math.max((System.nanoTime() - start) / 1e9, 0.001);
        text.show(String.format(
                Locale.ROOT,
                "%s  [%s%s] %3.0f%%  %s of %s, %s/s",
                name,
                "#".repeat(filled),
                "-".repeat(WIDTH - filled),
                100 * share,
                size(moved),
                size(total),
                size(moved / seconds)));
    }
}
