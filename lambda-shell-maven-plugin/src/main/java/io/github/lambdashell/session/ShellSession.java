package io.github.lambdashell.session;

import io.github.lambdashell.config.LambdaRuntimes;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.ShellResult;
import io.github.lambdashell.protocol.ShellResult.Syntax;
import io.github.lambdashell.protocol.Step;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A shell session. Its directory, variables, functions and options are sent with every command and returned with its
 * result, so that the session continues in any sandbox.
 *
 * <p>Safe for use by several threads, whose invocations are serialized: a second sandbox, with another /tmp, would run
 * a concurrent one.
 */
public final class ShellSession {
    private final Connection.Source source;
    private final Reports reports = new Reports();
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile Optional<ProjectHandler> handler;
    private volatile String state;
    private volatile String sandbox;
    private volatile String workingDirectory;
    private volatile boolean sandboxChanged;
    private volatile boolean coldStart;
    private volatile int commandsRun;

    /**
     * @param handler the project's handler, which runs beside the commands; empty for none, not null
     */
    public ShellSession(Connection.Source source, Optional<ProjectHandler> handler) {
        this.source = source;
        this.handler = handler;
    }

    /** Returns the project's handler; empty if the session has none. */
    public Optional<ProjectHandler> handler() {
        return handler;
    }

    /**
     * Sets the handler that runs beside the next command; its process replaces that of another one.
     *
     * @throws ShellException if the function's runtime is not Java
     */
    public void setHandler(ProjectHandler next) throws InterruptedException {
        requireJava(next);
        handler = Optional.of(next);
    }

    private void requireJava(ProjectHandler wanted) throws InterruptedException {
        // Null if the target does not return it; then the function refuses the request.
        String runtime = source.get().stack().function().runtime();
        if (runtime != null) {
            LambdaRuntimes.requireJava(wanted.name(), runtime, LambdaRuntimes.DEPLOY_JAVA);
        }
    }

    /** Returns the connection; waits until it is available. */
    public Connection connection() throws InterruptedException {
        return source.get();
    }

    /**
     * Runs a command in the session; its changes to the shell are carried over.
     *
     * @param request the command, to which the session's state is added, not null
     * @param listener receives its output while it arrives, not null
     */
    public CommandResult run(ShellRequest request, FrameListener listener) throws InterruptedException {
        return inTurn(() -> {
            commandsRun++;
            ShellResult result = invoke(request.state(state), listener);
            Optional<String> stateLost = Optional.empty();
            if (result.state().isPresent()) {
                state = result.state().get().blob();
                workingDirectory = result.state().get().workingDirectory();
            } else {
                stateLost = Optional.of(result.stateReason().orElse("the shell did not report its state"));
            }
            return commandResult(result, stateLost, takeSandboxChanged());
        });
    }

    /**
     * Passes an event to the project's handler.
     *
     * @param event a step with an event, not null
     * @param control the channel for Ctrl-C, not null
     * @param listener receives the log and the response while they arrive, and the step's end, not null
     */
    public CommandResult pass(Step event, Optional<ControlChannel> control, FrameListener listener)
            throws InterruptedException {
        return inTurn(() -> {
            commandsRun++;
            try (LargeEvents events = new LargeEvents(source.get().function().deployed())) {
                ShellRequest request = ShellRequest.steps(List.of(events.sent(event)));
                control.ifPresent(channel -> request.control(channel.url()));
                return commandResult(invoke(request, listener), Optional.empty(), takeSandboxChanged());
            }
        });
    }

    /** Runs a command with the session's state; its changes to the shell are discarded. */
    public CommandResult runAside(ShellRequest request, FrameListener listener) throws InterruptedException {
        return inTurn(() -> commandResult(invoke(request.restore(state), listener), Optional.empty(), false));
    }

    /**
     * Runs a command with the state of an earlier moment of the session; its changes to the shell are discarded.
     *
     * @param earlier what {@link #state} returned then
     */
    public CommandResult runAt(Optional<String> earlier, ShellRequest request, FrameListener listener)
            throws InterruptedException {
        return inTurn(
                () -> commandResult(invoke(request.restore(earlier.orElse(null)), listener), Optional.empty(), false));
    }

    /** Returns the shell's state for {@link #runAt}; empty before the first command. */
    public Optional<String> state() {
        return Optional.ofNullable(state);
    }

    /** Runs a command in the session's sandbox, but in a plain shell without the user's aliases and options. */
    public CommandResult runPlain(ShellRequest request, FrameListener listener) throws InterruptedException {
        return inTurn(() -> commandResult(invoke(request, listener), Optional.empty(), false));
    }

    /** Returns whether the remote shell considers a command complete; does not run it. */
    public Syntax syntaxOf(String command) throws InterruptedException {
        return inTurn(() -> invoke(ShellRequest.syntaxOf(command).restore(state), new NoOutput())
                .syntax()
                .orElse(Syntax.COMPLETE));
    }

    /**
     * Invokes the function, so that its sandbox is not shut down, unless the session is busy, which has the same
     * effect.
     *
     * @return whether the function was invoked
     */
    public boolean keepWarm() throws InterruptedException {
        if (!turn.tryLock()) {
            return false;
        }
        try {
            invoke(ShellRequest.command(":"), new NoOutput());
            return true;
        } finally {
            turn.unlock();
        }
    }

    /** Returns the directory of the next command; empty before the first one. */
    public Optional<String> workingDirectory() {
        return Optional.ofNullable(workingDirectory);
    }

    /** Returns the id of the execution environment that responded last; empty before the first response. */
    public Optional<String> sandbox() {
        return Optional.ofNullable(sandbox);
    }

    /** Returns whether the last response was the first one of its sandbox. */
    public boolean coldStart() {
        return coldStart;
    }

    /** Returns the figures of this session's invocations. */
    public Reports reports() {
        return reports;
    }

    /** Returns the number of commands that may have changed something in the sandbox. */
    public int commandsRun() {
        return commandsRun;
    }

    private interface Turn<T> {
        T take() throws InterruptedException;
    }

    private <T> T inTurn(Turn<T> action) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            return action.take();
        } finally {
            turn.unlock();
        }
    }

    private boolean takeSandboxChanged() {
        boolean changed = sandboxChanged;
        sandboxChanged = false;
        return changed;
    }

    private ShellResult invoke(ShellRequest request, FrameListener listener) throws InterruptedException {
        if (handler.isPresent()) {
            requireJava(handler.get());
            request.handler(handler.get());
        }
        ShellResult result = source.get().function().invoke(request, listener);
        reports.add(result.report());
        sandboxChanged |= sandbox != null && !sandbox.equals(result.sandbox());
        sandbox = result.sandbox();
        coldStart = result.coldStart();
        return result;
    }

    private static CommandResult commandResult(ShellResult result, Optional<String> stateLost, boolean changed) {
        return new CommandResult(
                result.exitCode(),
                result.timedOut(),
                result.interrupted(),
                stateLost,
                changed,
                result.unreadInput(),
                result.controlMessages(),
                result.stragglers());
    }

    /** A listener for requests without output. */
    private static final class NoOutput implements FrameListener {
        @Override
        public void stdout(byte[] bytes, int offset, int length) {}

        @Override
        public void stderr(byte[] bytes, int offset, int length) {}
    }
}
