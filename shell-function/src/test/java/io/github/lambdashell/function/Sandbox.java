package io.github.lambdashell.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdashell.function.state.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The handler within this process, and requests to it. */
final class Sandbox {
    static final ObjectMapper JSON = new ObjectMapper();

    /** The function's. */
    final ByteArrayOutputStream log = new ByteArrayOutputStream();

    private final ShellHandler handler;

    Sandbox() throws IOException {
        this(Shell.find(System.getenv("PATH")), Duration.ofSeconds(10));
    }

    Sandbox(Shell shell, Duration heartbeat) throws IOException {
        handler = new ShellHandler(shell, heartbeat, new PrintStream(log), List.of());
    }

    void restore() {
        handler.afterRestore();
    }

    /** A request for frames, to be given more members. */
    static Map<String, Object> command(String command) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("accept", "frames");
        request.put("command", command);
        return request;
    }

    Answer run(String command) throws IOException {
        return ask(command(command));
    }

    Answer ask(Map<String, ?> request) throws IOException {
        return ask(request, null);
    }

    Answer ask(Map<String, ?> request, Context context) throws IOException {
        return Answer.parse(raw(JSON.writeValueAsBytes(request), context));
    }

    /** For requests that don't ask for frames. */
    JsonNode askPlainly(Map<String, ?> request) throws IOException {
        return JSON.readTree(raw(JSON.writeValueAsBytes(request), null));
    }

    byte[] raw(byte[] request, Context context) throws IOException {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(request), response, context);
        return response.toByteArray();
    }

    ShellHandler handler() {
        return handler;
    }
}
