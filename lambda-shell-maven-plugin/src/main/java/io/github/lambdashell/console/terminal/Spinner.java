package io.github.lambdashell.console.terminal;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A sign at the cursor that something is waited for. It disappears when there is other output. */
public final class Spinner {
    /** A shorter wait is not noticed. */
    private static final long DELAY_MILLIS = 200;

    private static final long FRAME_MILLIS = 120;
    private static final String SIGNS = "|/-\\";

    private final Screen screen;
    private final String text;
    private final BooleanSupplier waits;
    private final Future<?> frames;
    private int frame;

    /**
     * Starts it.
     *
     * @param text what is waited for
     * @param waits returns whether it is still waited for
     */
    Spinner(Screen screen, String text, BooleanSupplier waits, ScheduledExecutorService timer) {
        this.screen = screen;
        this.text = text;
        this.waits = waits;
        screen.beginSpinner();
        frames = timer.scheduleWithFixedDelay(this::show, DELAY_MILLIS, FRAME_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void show() {
        if (waits.getAsBoolean()) {
            screen.spin(SIGNS.charAt(frame++ % SIGNS.length()), text);
        } else {
            end();
        }
    }

    /** Ends it, and removes it from the screen. */
    public void end() {
        frames.cancel(false);
        screen.endSpinner();
    }
}
