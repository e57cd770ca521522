package io.github.lambdashell.console.terminal;

import java.util.function.BooleanSupplier;

/**
 * A sign at the cursor that something is waited for. It disappears when there is other output.
 *
 * <p>A thread of its own draws it, because a terminal that does not read makes that thread wait.
 */
public final class Spinner {
    /** A shorter wait is not noticed. */
    private static final long DELAY_MILLIS = 200;

    private static final long FRAME_MILLIS = 120;
    private static final String SIGNS = "|/-\\";

    private final Screen screen;
    private final String text;
    private final BooleanSupplier waits;
    private final Thread thread = new Thread(this::turn, "lshell-spinner");

    private Spinner(Screen screen, String text, BooleanSupplier waits) {
        this.screen = screen;
        this.text = text;
        this.waits = waits;
    }

    /**
     * Shows it as long as something is waited for.
     *
     * @param text what is waited for
     * @param waits returns whether it is still waited for
     */
    public static Spinner start(Screen screen, String text, BooleanSupplier waits) {
        Spinner spinner = new Spinner(screen, text, waits);
        if (waits.getAsBoolean()) {
            screen.beginSpinner();
            spinner.thread.setDaemon(true);
            spinner.thread.start();
        }
        return spinner;
    }

    private void turn() {
        try {
            Thread.sleep(DELAY_MILLIS);
            for (int i = 0; waits.getAsBoolean(); i++) {
                screen.spin(SIGNS.charAt(i % SIGNS.length()), text);
                Thread.sleep(FRAME_MILLIS);
            }
            screen.endSpinner();
        } catch (InterruptedException e) {
            // It has ended.
        }
    }

    /** Ends it, and removes it from the screen. */
    public void end() {
        thread.interrupt();
        screen.endSpinner();
    }
}
