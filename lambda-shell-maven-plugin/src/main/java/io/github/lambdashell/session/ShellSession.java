package io.github.lambdashell.session;

import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.protocol.ShellResult;
import io.github.lambdashell.protocol.ShellResult.Syntax;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One shell session: its directory, variables, functions and options go with every command and come back with its
 * result, so that the session goes on in whatever sandbox answers next.
 *
 * <p>Safe for use by several threads, which take turns: a second invocation beside a running one would be answered by a
 * second sandbox, one with another /tmp.
 */
public final class ShellSession {
    private final Connection.Source source;
    private final Reports reports = new Reports();
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile String state;
    private volatile String sandbox;
    private volatile String workingDirectory;
    private volatile boolean sandboxChanged;
    private volatile boolean coldStart;
    private volatile int commandsRun;

    public ShellSession(Connection.Source source) {
        this.source = source;
    }

    /** What is connected to, waiting for it if need be. */
    public Connection connection() throws InterruptedException {
        return source.get();
    }

    /**
     * Runs a command in the session; what it changes in the shell carries over.
     *
     * @param request gets the session's state
     * @param listener hears its output as it comes
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
            boolean changed = sandboxChanged;
            sandboxChanged = false;
            return commandResult(result, stateLost, changed);
        });
    }

    /** Runs a command in the session as it stands; what it changes in the shell is gone with it. */
    public CommandResult runAside(ShellRequest request, FrameListener listener) throws InterruptedException {
        return inTurn(() -> commandResult(invoke(request.restore(state), listener), Optional.empty(), false));
    }

    /** Runs a command in the session's sandbox, but in a plain shell, where no alias or option of the user is. */
    public CommandResult runPlain(ShellRequest request, FrameListener listener) throws InterruptedException {
        return inTurn(() -> commandResult(invoke(request, listener), Optional.empty(), false));
    }

    /** Asks the remote shell whether a command is complete; nothing is run. */
    public Syntax syntaxOf(String command) throws InterruptedException {
        return inTurn(() -> invoke(ShellRequest.syntaxOf(command).restore(state), new NoOutput())
                .syntax()
                .orElse(Syntax.COMPLETE));
    }

    /**
     * Keeps the sandbox from being given up, unless the session is busy, which does the same.
     *
     * @return whether it was done
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

    /** Where the next command runs; empty before the first. */
    public Optional<String> workingDirectory() {
        return Optional.ofNullable(workingDirectory);
    }

    /** The execution environment that answered last; empty before the first answer. */
    public Optional<String> sandbox() {
        return Optional.ofNullable(sandbox);
    }

    /** Whether the last answer was the first of its sandbox. */
    public boolean coldStart() {
        return coldStart;
    }

    /** What the invocations of this session cost. */
    public Reports reports() {
        return reports;
    }

    /** How many commands were run that may have changed something in the sandbox. */
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

    private ShellResult invoke(ShellRequest request, FrameListener listener) throws InterruptedException {
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

    /** For requests whose answer is in the result. */
    private static final class NoOutput implements FrameListener {
        @Override
        public void stdout(byte[] bytes, int offset, int length) {}

        @Override
        public void stderr(byte[] bytes, int offset, int length) {}
    }
}
