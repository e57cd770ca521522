package io.github.lambdashell.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.lambdashell.function.json.JsonReader;
import io.github.lambdashell.function.shell.CommandRunner;
import io.github.lambdashell.function.state.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs what a request asks for and answers in the form it wants; the plugin's page "The function's protocol" describes
 * both. One invocation at a time, as Lambda has it.
 */
public final class ShellHandler implements RequestStreamHandler {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** The execution environment's, which lives as long as this process. */
    private final String sandbox =
            String.format("%016x", ThreadLocalRandom.current().nextLong());

    private final Traces traces = new Traces();
    private final CommandRunner runner;
    private final Duration heartbeat;
    private final PrintStream log;
    private long invocation;

    /** @throws IOException when the sandbox gives no room for what commands need */
    public ShellHandler() throws IOException {
        this(Shell.find(System.getenv("PATH")), HEARTBEAT, System.out);
    }

    /**
     * @param shell null where there is none
     * @param heartbeat after which silence is broken
     * @param log the function's, for what plain clients have commands write
     */
    ShellHandler(Shell shell, Duration heartbeat, PrintStream log) throws IOException {
        runner = shell == null ? null : new CommandRunner(shell);
        this.heartbeat = heartbeat;
        this.log = log;
        if (runner != null) {
            runner.prepare();
        }
    }

    /** @param context null for an invocation without a deadline */
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Deadline deadline = Deadline.of(context);
        Response response = new JsonResponse(out, log);
        Map<String, Object> result = new LinkedHashMap<>();
        try {
            Members members = members(in);
            if (members.isFrames()) {
                response = new FrameResponse(out, heartbeat);
            }
            if (runner == null) {
                throw RefusalException.noShell();
            }
            Request request = new Request(members);
            Invocation asked = new Invocation(request, runner, traces.next(), response, deadline);
            result.putAll(request.syntaxOnly ? asked.check() : asked.run());
        } catch (RefusalException e) {
            result.put("error", e.members());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        result.put("sandbox", sandbox);
        result.put("invocation", ++invocation);
        response.result(result);
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
