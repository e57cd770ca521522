package io.github.lambdashell.console;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.ShellSession;

/**
 * Starts the sandbox while the user types the first command, and finds out the session's directory. It is the session's
 * first command, so that the same sandbox runs the next one.
 */
final class WarmUp {
    private final ShellSession session;
    private final Runnable whenWarm;
    private final Thread thread = new Thread(this::run, "lshell-warm-up");

    /**
     * Starts in the background.
     *
     * @param whenWarm called when the session's directory is known
     */
    WarmUp(ShellSession session, Runnable whenWarm) {
        this.session = session;
        this.whenWarm = whenWarm;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            session.run(ShellRequest.command(":"), new Captured());
            whenWarm.run();
        } catch (ShellException e) {
            // The first command fails in the same way, and shows why.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts it and waits for its end. */
    void end() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
