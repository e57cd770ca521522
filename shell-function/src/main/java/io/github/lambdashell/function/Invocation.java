package io.github.lambdashell.function;

import io.github.lambdashell.function.handler.EventRun;
import io.github.lambdashell.function.handler.ProjectHandler;
import io.github.lambdashell.function.process.SystemProcess;
import io.github.lambdashell.function.shell.Command;
import io.github.lambdashell.function.shell.CommandRunner;
import io.github.lambdashell.function.shell.RunningCommand;
import io.github.lambdashell.function.shell.SyntaxCheck;
import io.github.lambdashell.function.state.ShellState;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The steps of one request, one after the other. */
final class Invocation {
    /** EAGAIN, as the JDK reports it for fork(2). */
    private static final String NO_MORE_PROCESSES = "error=11,";

    private static final String OUT_OF_PROCESSES = "earlier commands have left so many processes that no other one can "
            + "start; they end now, and the next command finds none of them";

    private final Request request;
    private final CommandRunner runner;
    private final ProjectHandler handler;
    private final String functionArn;
    private final String traceId;
    private int started;
    private final Response response;
    private final Deadline deadline;
    private final ControlReceiver control;

    private final Map<String, Object> result = new LinkedHashMap<>();
    private final List<Object> stragglers = new ArrayList<>();
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
    private boolean failed;
    private boolean isOutOfProcesses;
    private boolean interrupted;
    private boolean timedOut;

    /**
     * @param functionArn as the function was invoked; null if unknown
     * @param traceId marks this invocation's processes
     */
    Invocation(
            Request request,
            CommandRunner runner,
            ProjectHandler handler,
            String functionArn,
            String traceId,
            Response response,
            Deadline deadline) {
        this.request = request;
        this.runner = runner;
        this.handler = handler;
        this.functionArn = functionArn;
        this.traceId = traceId;
        this.response = response;
        this.deadline = deadline.within(request.timeoutMillis);
        control = new ControlReceiver(request.control);
    }

    /**
     * Runs them.
     *
     * @return the result's members
     * @throws IOException when the response can't be written
     */
    Map<String, Object> run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (control) {
            control.open();
            runSteps();
        } finally {
            handler.pause();
        }
        result.put("timedOut", timedOut);
        result.put("interrupted", interrupted);
        if (request.control != null) {
            result.put("controlMessages", control.received());
        }
        if (unread.size() > 0) {
            result.put("unreadStdin", Base64.getEncoder().encodeToString(unread.toByteArray()));
        }
        result.put("durationMillis", (System.nanoTime() - start) / 1_000_000);
        if (!stragglers.isEmpty()) {
            result.put("stragglers", stragglers);
        }
        return result;
    }

    private void runSteps() throws IOException, InterruptedException {
        if (request.handler != null) {
            handler.use(request.handler, request.snapStart);
        }
        for (Step step : request.steps) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", step.name);
            if (interrupted || deadline.isOver() || failed && step.skipAfterFailure) {
                members.put("skipped", true);
            } else if (step.event == null) {
                run(step, members);
            } else {
                pass(step, members);
            }
            if (!request.single) {
                response.step(members);
            }
        }
    }

    /** Parses the command instead of running it. */
    Map<String, Object> check() throws IOException, InterruptedException, RefusalException {
        Command command = request.steps.get(0).command;
        try {
            SyntaxCheck check = SyntaxCheck.of(command, runner, traceId, deadline.nanos);
            return Map.of("syntax", check.verdict(), "message", check.message());
        } catch (IOException e) {
            throw cannotStart(null, e);
        }
    }

    private void pass(Step step, Map<String, Object> members) throws IOException, InterruptedException {
        long start = System.nanoTime();
        EventRun run = handler.event(step.event, response, functionArn);
        control.attach(run);
        run.run(TimeUnit.MILLISECONDS.toNanos(step.timeoutMillis), deadline.nanos);
        failed |= run.hasFailed();
        interrupted |= run.isInterrupted();
        timedOut |= run.isTimedOut();
        members.put("exitCode", run.hasFailed() ? 1 : 0);
        members.put("timedOut", run.isTimedOut());
        members.put("durationMillis", (System.nanoTime() - start) / 1_000_000);
        members.put("handler", run.result());
        result.put("exitCode", run.hasFailed() ? 1 : 0);
    }

    private void run(Step step, Map<String, Object> members) throws IOException, InterruptedException {
        RunningCommand running;
        try {
            running = start(step);
        } catch (RefusalException e) {
            failed = true;
            members.put("error", e.members());
            result.putIfAbsent("error", e.members());
            return;
        }
        Deadline own = deadline.within(step.timeoutMillis);
        control.attach(running);
        running.await(own.nanos, own.graceMillis);
        failed |= running.exitCode() != 0 || running.isTimedOut();
        interrupted |= running.isInterrupted();
        timedOut |= running.isTimedOut();
        members.put("exitCode", running.exitCode());
        members.put("timedOut", running.isTimedOut());
        members.put("durationMillis", running.durationMillis());
        result.put("exitCode", running.exitCode());
        unread.writeBytes(running.unreadInput());
        if (running.state() != null) {
            put(running.state());
        }
        for (SystemProcess straggler : running.stragglers()) {
            stragglers.add(Map.of("pid", straggler.pid, "name", straggler.name));
        }
    }

    private void put(ShellState state) {
        result.put("stateCaptured", state.blob != null);
        if (state.blob == null) {
            result.put("stateReason", state.reason);
        } else {
            result.put("state", state.blob);
            result.put("workingDirectory", state.directory);
        }
    }

    private RunningCommand start(Step step) throws RefusalException {
        try {
            // A process's start is known to 10 ms only: too little to tell one step's from those of the step before.
            return runner.start(command(step), started++ == 0 ? traceId : traceId + ";Step=" + started, response);
        } catch (IOException e) {
            throw cannotStart(step.command.directory, e);
        }
    }

    private RefusalException cannotStart(String directory, IOException e) {
        isOutOfProcesses = String.valueOf(e.getMessage()).contains(NO_MORE_PROCESSES);
        return new RefusalException("CannotStart", isOutOfProcesses ? OUT_OF_PROCESSES : reason(directory, e));
    }

    /** Returns whether a command could not start because of the processes that others have left. */
    boolean isOutOfProcesses() {
        return isOutOfProcesses;
    }

    /** Returns the command, which finds the process of the project's handler. */
    private Command command(Step step) {
        return request.handler == null ? step.command : step.command.with("HANDLER_PID", Long.toString(handler.pid()));
    }

    /** Names a missing directory, for which Java blames the program. */
    private static String reason(String directory, IOException e) {
        return directory == null || new File(directory).isDirectory()
                ? e.getMessage()
                : "there is no directory " + directory;
    }
}
