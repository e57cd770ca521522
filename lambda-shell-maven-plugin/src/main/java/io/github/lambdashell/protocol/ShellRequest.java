package io.github.lambdashell.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What is asked of the function in one invocation: the request of the protocol page, with frames for an answer. */
public final class ShellRequest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode json = JSON.createObjectNode().put("accept", "frames");

    private ShellRequest() {}

    /** Runs one command. */
    public static ShellRequest command(String command) {
        ShellRequest request = new ShellRequest();
        request.json.put("command", command);
        return request;
    }

    /** Runs steps, one after the other. */
    public static ShellRequest steps(List<Step> steps) {
        ShellRequest request = new ShellRequest();
        for (Step step : steps) {
            ObjectNode node = request.json
                    .withArray("steps")
                    .addObject()
                    .put("name", step.name())
                    .put("command", step.command());
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

    /** Asks whether a command is complete, without running it. */
    public static ShellRequest syntaxOf(String command) {
        ShellRequest request = command(command);
        request.json.put("syntaxOnly", true);
        return request;
    }

    /** What the command reads. */
    public ShellRequest stdin(byte[] bytes) {
        json.put("stdin", Base64.getEncoder().encodeToString(bytes));
        return this;
    }

    /** Changes over the function's own environment; a null value removes a variable. */
    public ShellRequest environment(Map<String, String> changes) {
        changes.forEach(json.withObject("/environment")::put);
        return this;
    }

    /** Ends the command after so long. */
    public ShellRequest timeout(Duration timeout) {
        json.put("timeoutMillis", timeout.toMillis());
        return this;
    }

    /** Where the command runs, instead of the function's own directory. */
    public ShellRequest workingDirectory(String directory) {
        json.put("workingDirectory", directory);
        return this;
    }

    /**
     * Restores a shell's state before the command.
     *
     * @param state from an earlier result, null for a new shell
     */
    public ShellRequest restore(String state) {
        if (state != null) {
            json.put("state", state);
        }
        return this;
    }

    /**
     * Restores a shell's state before the command and captures it after.
     *
     * @param state from an earlier result, null for a new shell
     */
    public ShellRequest state(String state) {
        json.put("wantState", true);
        return restore(state);
    }

    /** Lets the function poll for standard input and signals while the command runs. */
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
