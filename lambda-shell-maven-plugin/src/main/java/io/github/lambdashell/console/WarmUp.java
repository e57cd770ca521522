package io.github.lambdashell.console;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.ShellSession;

/**
 * Starts the sandbox while the person still types the first command, which then finds it warm, and tells where commands
 * run. It is the session's first command, so that no other sandbox answers the one that follows.
 */
final class WarmUp {
    private final ShellSession session;
    private final Runnable whenWarm;
    private final Thread thread = new Thread(this::run, "lshell-warm-up");

    /**
     * Begins.
     *
     * @param whenWarm hears that the session's directory is known
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
            // The first command will say the same, and where it can be read.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until nothing of it is under way any more. */
    void end() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
