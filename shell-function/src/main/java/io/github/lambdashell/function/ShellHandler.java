package io.github.lambdashell.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.lambdashell.function.handler.ProjectHandler;
import io.github.lambdashell.function.json.JsonReader;
import io.github.lambdashell.function.shell.CommandRunner;
import io.github.lambdashell.function.state.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs what a request asks for and answers in the form it wants; the plugin's page "The function's protocol" describes
 * both. One invocation at a time, as Lambda has it.
 */
public final class ShellHandler implements RequestStreamHandler {
    /** The property where Lambda's Java runtimes put the header for X-Ray. */
    static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** The execution environment's, which lives as long as this process or was restored from its snapshot. */
    private String sandbox = id(ThreadLocalRandom.current().nextLong());

    private final CommandRunner runner;
    private final ProjectHandler project;
    private final Duration heartbeat;
    private final PrintStream log;
    private long invocation;
    private String lastTraceHeader = "";
    private boolean isOutOfProcesses;

    /** @throws IOException when the sandbox gives no room for what commands need */
    public ShellHandler() throws IOException {
        this(List.of());
    }

    /** @param commandLine of the managed runtime, which the project's handler runs under; empty if unknown */
    ShellHandler(List<String> commandLine) throws IOException {
        this(Shell.find(System.getenv("PATH")), HEARTBEAT, System.out, commandLine);
    }

    static {
        // Without a helper process a command starts about 1 ms sooner. Java 25 warns of it, later versions ignore it.
        if (Runtime.version().feature() < 25) {
            System.setProperty("jdk.lang.Process.launchMechanism", "VFORK");
        }
    }

    /**
     * @param shell null where there is none
     * @param heartbeat after which silence is broken
     * @param log the function's, for what plain clients have commands write
     */
    ShellHandler(Shell shell, Duration heartbeat, PrintStream log, List<String> commandLine) throws IOException {
        project = new ProjectHandler(commandLine);
        runner = shell == null ? null : new CommandRunner(shell);
        this.heartbeat = heartbeat;
        this.log = log;
        if (runner != null) {
            runner.prepare();
        }
    }

    private static String id(long number) {
        return String.format("%016x", number);
    }

    /**
     * Starts the project's handler, so that a snapshot holds it.
     *
     * @throws IOException if it can't be initialized
     */
    void beforeSnapshot() throws IOException, InterruptedException {
        project.startForSnapshot();
    }

    /** Chooses another ID: every environment that is restored from a snapshot would have the same one. */
    void afterRestore() {
        // The state of other generators is part of the snapshot.
        sandbox = id(new SecureRandom().nextLong());
    }

    /** @param context null for an invocation without a deadline */
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Deadline deadline = Deadline.of(context);
        Response response = new JsonResponse(out, log);
        Map<String, Object> result = new LinkedHashMap<>();
        invocation++;
        try {
            Members members = members(in);
            if (members.isFrames()) {
                response = new FrameResponse(out, heartbeat);
            }
            if (runner == null) {
                throw new RefusalException("NoShell", "neither bash nor sh is on the PATH");
            }
            Request request = new Request(members);
            if (request.handler != null && !project.isAvailable()) {
                throw RefusalException.badRequest("`handler` needs the exec wrapper of a Java runtime");
            }
            String functionArn = context == null ? null : context.getInvokedFunctionArn();
            Invocation asked = new Invocation(request, runner, project, functionArn, traceId(), response, deadline);
            result.putAll(request.syntaxOnly ? asked.check() : asked.run());
            isOutOfProcesses = asked.isOutOfProcesses();
        } catch (RefusalException e) {
            result.put("error", e.members());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        result.put("sandbox", sandbox);
        result.put("invocation", invocation);
        response.result(result);
    }

    /** Returns whether no command can start any more, because of the processes that earlier ones have left. */
    boolean isOutOfProcesses() {
        return isOutOfProcesses;
    }

    /**
     * The value of {@code _X_AMZN_TRACE_ID} for this invocation, by which its processes are known from any other's. It
     * is what Lambda says in its {@code Lambda-Runtime-Trace-Id} header. Where Lambda says nothing it is a trace header
     * of our own, not sampled; where it repeats what it said last, a field {@code LShell} with a number is appended,
     * which those who read the header ignore.
     */
    private String traceId() {
        String header = System.getProperty(TRACE_HEADER, "");
        boolean repeated = header.equals(lastTraceHeader);
        lastTraceHeader = header;
        if (header.isEmpty()) {
            long seconds = System.currentTimeMillis() / 1000;
            return String.format("Root=1-%08x-%s%08x;Sampled=0", seconds, sandbox, invocation);
        }
        return repeated ? header + ";LShell=" + invocation : header;
    }

    private static Members members(InputStream in) throws IOException, RefusalException {
        try {
            return Members.of(JsonReader.read(in.readAllBytes()), "the request");
        } catch (ParseException e) {
            throw RefusalException.badRequest(
                    "the request is not JSON: " + e.getMessage() + " at character " + (e.getErrorOffset() + 1));
        }
    }
}
