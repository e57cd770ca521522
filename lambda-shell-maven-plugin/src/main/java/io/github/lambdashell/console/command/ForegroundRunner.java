package io.github.lambdashell.console.command;

import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.console.terminal.Spinner;
import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.protocol.HandlerEvent;
import io.github.lambdashell.protocol.SecretMask;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.session.CommandResult;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.ControlChannel;
import io.github.lambdashell.session.ShellSession;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs the user's commands in the foreground, each with the session's timeout and a channel for input and Ctrl-C. */
public final class ForegroundRunner {
    /** A note after the first command or event in another sandbox. */
    public static final String SANDBOX_CHANGED =
            "another sandbox runs the commands now: background processes of the last"
                    + " one are gone, and probably its files in /tmp";

    private final Connection.Source source;
    private final ShellSession session;
    private final Foreground foreground;
    private Connection connection;
    private Duration timeout;
    /** The last command's channel, if nothing was sent through it. */
    private Optional<ControlChannel> unused = Optional.empty();

    /**
     * @param source provides the connection and shows the progress of a deploy
     */
    public ForegroundRunner(Connection.Source source, ShellSession session, Foreground foreground) {
        this.source = source;
        this.session = session;
        this.foreground = foreground;
    }

    /** Sets the timeout of each command from now on; null for the function's own. */
    public void setTimeout(Duration timeout) {
        this.timeout = timeout;
    }

    /** Returns the timeout of each command; empty for the function's own. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** Returns the function's own timeout; empty if the target does not return it. */
    Optional<Duration> functionTimeout() {
        return connection.stack().timeout();
    }

    /** Returns whether a timeout ends a command before the function's own does, as far as that is known. */
    boolean endsBeforeFunction(Duration own) {
        return functionTimeout().filter(limit -> limit.compareTo(own) <= 0).isEmpty();
    }

    /** Returns a description of the timeout that ends a command. */
    public String effectiveTimeout() {
        return timeout()
                .filter(this::endsBeforeFunction)
                .map(own -> "the timeout of " + DurationText.format(own) + " that :timeout has set")
                .orElseGet(() -> connection.stack().timeoutText() + "; set a longer one with -Dlshell.timeout");
    }

    /**
     * Waits for the connection.
     *
     * @throws ShellException if there is none
     * @throws DetachedException if the user did not wait for it
     */
    public Connection connect() throws InterruptedException, DetachedException {
        if (connection == null) {
            connection = foreground.run(source::get);
        }
        return connection;
    }

    /**
     * Runs a command that is part of the session.
     *
     * @throws DetachedException if the user did not wait for its end
     */
    public CommandResult run(String command, FrameListener listener) throws InterruptedException, DetachedException {
        return run(listener, "", (channel, masked) -> session.run(request(command, channel), masked));
    }

    /** Runs a command that sees the session's state and does not change it. */
    CommandResult runAside(String command, FrameListener listener) throws InterruptedException, DetachedException {
        return runAside(command, "", listener);
    }

    /** Runs such a command, which takes some time. */
    CommandResult runAside(String command, String waitsFor, FrameListener listener)
            throws InterruptedException, DetachedException {
        return run(listener, waitsFor, (channel, masked) -> session.runAside(request(command, channel), masked));
    }

    /**
     * Passes an event to the handler. The session's timeout applies to each invocation.
     *
     * @throws DetachedException if the user did not wait for its end
     */
    CommandResult pass(HandlerEvent event, FrameListener listener) throws InterruptedException, DetachedException {
        Step step = Step.event(InvokeCommand.NAME, event, timeout, false);
        return run(listener, "waiting for the handler", (channel, masked) -> session.pass(step, channel, masked));
    }

    private ShellRequest request(String command, Optional<ControlChannel> channel) {
        ShellRequest request = ShellRequest.command(command);
        channel.ifPresent(open -> request.control(open.url()));
        timeout().ifPresent(request::timeout);
        Map<String, String> window = foreground.windowSize();
        if (!window.isEmpty()) {
            request.environment(window);
        }
        ReadPrompts.environment(command).ifPresent(request::environment);
        return request;
    }

    private interface Run {
        CommandResult with(Optional<ControlChannel> channel, FrameListener listener) throws InterruptedException;
    }

    /** @param waitsFor what a quiet terminal shows that it waits for; empty for the sandbox only */
    private CommandResult run(FrameListener listener, String waitsFor, Run run)
            throws InterruptedException, DetachedException {
        connect();
        Optional<ControlChannel> channel = unused.filter(ControlChannel::servesAgain)
                .or(() -> connection.sideChannel().map(ControlChannel::new));
        // A command that the user does not wait for can continue to read from it.
        unused = Optional.empty();
        SecretMask masked = new SecretMask(listener, connection.secrets());
        boolean starts = session.sandbox().isEmpty();
        Spinner spinner = Spinner.start(
                foreground.screen(),
                starts ? "starting the sandbox" : waitsFor,
                () -> starts ? session.sandbox().isEmpty() : !waitsFor.isEmpty());
        try {
            CommandResult result = foreground.run(channel, () -> run.with(channel, masked));
            channel.ifPresent(open -> foreground.giveBack(open.undelivered(result.controlMessages())));
            foreground.giveBack(result.unreadInput());
            unused = channel;
            return result;
        } catch (DetachedException e) {
            throw new DetachedException(detached());
        } finally {
            spinner.end();
            masked.flush();
        }
    }

    private String detached() {
        String why = connection.sideChannel().isPresent()
                ? "the function did not react to Ctrl-C"
                : "the stack has no bucket, so Ctrl-C can't reach the command";
        return why + "; the command continues in the background until its end or "
                + connection.stack().timeoutText();
    }
}
