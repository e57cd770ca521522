package io.github.lambdashell.console.command;

import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.terminal.Foreground;
import io.github.lambdashell.console.terminal.Foreground.DetachedException;
import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.protocol.SecretMask;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.CommandResult;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.ControlChannel;
import io.github.lambdashell.session.ShellSession;
import java.time.Duration;
import java.util.Optional;

/** Runs the person's commands in the foreground, each with the way to it and the timeout that the session has. */
public final class CommandRunner {
    private final Connection.Source source;
    private final ShellSession session;
    private final Foreground foreground;
    private Duration timeout;
    /** The last command's channel, while nothing has gone through it. */
    private Optional<ControlChannel> unused = Optional.empty();

    /**
     * @param source what to connect to; shows its progress to the person who waits
     */
    public CommandRunner(Connection.Source source, ShellSession session, Foreground foreground) {
        this.source = source;
        this.session = session;
        this.foreground = foreground;
    }

    /** What each command is given from now on; null for the function's own limit. */
    public void setTimeout(Duration timeout) {
        this.timeout = timeout;
    }

    /** What each command is given; empty for the function's own limit. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /**
     * Waits until there is something to run commands in.
     *
     * @throws ShellException when there will be nothing
     * @throws DetachedException when the person does not wait for it
     */
    public Connection connect() throws InterruptedException, DetachedException {
        return foreground.run(source::get);
    }

    /**
     * Runs a command that is part of the session.
     *
     * @throws DetachedException when the person let go of it
     */
    public CommandResult run(String command, FrameListener listener) throws InterruptedException, DetachedException {
        return run(command, listener, session::run);
    }

    /** Runs a command that sees the session's state and leaves it as it is. */
    CommandResult runAside(String command, FrameListener listener) throws InterruptedException, DetachedException {
        return run(command, listener, session::runAside);
    }

    private interface Run {
        CommandResult with(ShellRequest request, FrameListener listener) throws InterruptedException;
    }

    private CommandResult run(String command, FrameListener listener, Run run)
            throws InterruptedException, DetachedException {
        Connection connection = connect();
        Optional<ControlChannel> channel = unused.filter(ControlChannel::servesAgain)
                .or(() -> connection.sideChannel().map(ControlChannel::new));
        // A command that does not end before our eyes may go on listening to it.
        unused = Optional.empty();
        ShellRequest request = ShellRequest.command(command);
        channel.ifPresent(open -> request.control(open.url()));
        timeout().ifPresent(request::timeout);
        SecretMask masked = new SecretMask(listener, connection.secrets());
        try {
            CommandResult result = foreground.run(channel, () -> run.with(request, masked));
            channel.ifPresent(open -> foreground.giveBack(open.undelivered(result.controlMessages())));
            foreground.giveBack(result.unreadInput());
            unused = channel;
            return result;
        } catch (DetachedException e) {
            throw new DetachedException(farewell(connection));
        } finally {
            masked.flush();
        }
    }

    private static String farewell(Connection connection) {
        String why = connection.sideChannel().isPresent()
                ? "the function does not hear Ctrl-C"
                : "the stack has no bucket of its own through which Ctrl-C could reach the command";
        return why + ", so the command runs on without us, until its end or the function's timeout of "
                + DurationText.format(connection.stack().function().timeout());
    }
}
