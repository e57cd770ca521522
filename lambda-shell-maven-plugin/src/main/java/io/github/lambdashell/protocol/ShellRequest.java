package io.github.lambdashell.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The request of one invocation, as the protocol page documents it; the response consists of frames. */
public final class ShellRequest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode json = JSON.createObjectNode().put("accept", "frames");

    private ShellRequest() {}

    /** Returns a request that runs one command. */
    public static ShellRequest command(String command) {
        ShellRequest request = new ShellRequest();
        request.json.put("command", command);
        return request;
    }

    /** Returns a request that runs steps one after the other. */
    public static ShellRequest steps(List<Step> steps) {
        ShellRequest request = new ShellRequest();
        for (Step step : steps) {
            ObjectNode node = request.json.withArray("steps").addObject().put("name", step.name());
            if (step.event().isPresent()) {
                event(step.event().get(), node.putObject("event"));
            } else {
                node.put("command", step.command());
            }
            if (step.stdin().length > 0) {
                node.put("stdin", Base64.getEncoder().encodeToString(step.stdin()));
            }
            if (step.workingDirectory() != null) {
                node.put("workingDirectory", step.workingDirectory());
            }
            if (!step.environment().isEmpty()) {
                step.environment().forEach(node.putObject("environment")::put);
            }
            if (step.timeout() != null) {
                node.put("timeoutMillis", step.timeout().toMillis());
            }
            if (step.skipAfterFailure()) {
                node.put("skipAfterFailure", true);
            }
        }
        return request;
    }

    private static void event(HandlerEvent event, ObjectNode node) {
        if (event.url().isPresent()) {
            node.put("url", event.url().get().toString());
        } else {
            node.put("payload", event.payload());
        }
        event.clientContext().ifPresent(context -> node.put("clientContext", context));
        event.identity().ifPresent(identity -> node.put("identity", identity));
        node.put("invocations", event.invocations()).put("warmup", event.warmup());
    }

    /** Returns a request that checks whether a command is complete, without running it. */
    public static ShellRequest syntaxOf(String command) {
        ShellRequest request = command(command);
        request.json.put("syntaxOnly", true);
        return request;
    }

    /** Sets the project's handler, whose process runs beside the commands and receives the events. */
    public ShellRequest handler(ProjectHandler handler) {
        json.withObject("/handler").put("name", handler.name()).put("snapStart", handler.snapStart());
        return this;
    }

    /** Sets the command's standard input. */
    public ShellRequest stdin(byte[] bytes) {
        json.put("stdin", Base64.getEncoder().encodeToString(bytes));
        return this;
    }

    /** Sets changes to the function's environment; a null value removes a variable. */
    public ShellRequest environment(Map<String, String> changes) {
        changes.forEach(json.withObject("/environment")::put);
        return this;
    }

    /** Sets the time after which the command is ended. */
    public ShellRequest timeout(Duration timeout) {
        json.put("timeoutMillis", timeout.toMillis());
        return this;
    }

    /** Sets the command's working directory. Defaults to the function's own. */
    public ShellRequest workingDirectory(String directory) {
        json.put("workingDirectory", directory);
        return this;
    }

    /**
     * Restores a shell's state before the command.
     *
     * @param state the state from an earlier result; null for a new shell
     */
    public ShellRequest restore(String state) {
        if (state != null) {
            json.put("state", state);
        }
        return this;
    }

    /**
     * Restores a shell's state before the command and captures it afterwards.
     *
     * @param state the state from an earlier result; null for a new shell
     */
    public ShellRequest state(String state) {
        json.put("wantState", true);
        return restore(state);
    }

    /** Sets the URL that the function polls for standard input and signals while the command runs. */
    public ShellRequest control(URI url) {
        json.withObject("/control").put("url", url.toString());
        return this;
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
        }
    }
}
