package io.github.lambdashell.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdashell.protocol.ShellResult.State;
import io.github.lambdashell.protocol.ShellResult.Syntax;
import io.github.lambdashell.target.CommandFaultException;
import io.github.lambdashell.target.InvocationReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A parser that converts the messages of a response to typed values. The protocol page documents their members. */
final class ResultParser {
    private ResultParser() {}

    static StepEnd step(JsonNode json) {
        return new StepEnd(
                json.path("name").asText(),
                json.path("skipped").asBoolean(),
                json.path("exitCode").asInt(),
                json.path("timedOut").asBoolean(),
                Duration.ofMillis(json.path("durationMillis").asLong()));
    }

    /**
     * Parses the last frame.
     *
     * @throws CommandFaultException if the function could not run the command
     */
    static ShellResult result(JsonNode json, Optional<InvocationReport> report) {
        if (json.has("error")) {
            JsonNode error = json.get("error");
            throw new CommandFaultException(
                    "The function could not run the command: "
                            + error.path("message").asText(error.path("type").asText()),
                    "Check the command and the function's runtime");
        }
        boolean captured = json.path("stateCaptured").asBoolean();
        return new ShellResult(
                json.path("exitCode").asInt(),
                json.path("timedOut").asBoolean(),
                json.path("interrupted").asBoolean(),
                text(json, "syntax").map(ResultParser::syntax),
                captured
                        ? Optional.of(new State(
                                json.path("state").asText(),
                                json.path("workingDirectory").asText()))
                        : Optional.empty(),
                text(json, "stateReason"),
                json.path("sandbox").asText(),
                json.path("invocation").asInt() == 1,
                Base64.getDecoder().decode(json.path("unreadStdin").asText()),
                json.path("controlMessages").asInt(),
                stragglers(json.path("stragglers")),
                report);
    }

    private static Syntax syntax(String word) {
        return switch (word) {
            case "incomplete" -> Syntax.INCOMPLETE;
            case "invalid" -> Syntax.INVALID;
            default -> Syntax.COMPLETE;
        };
    }

    private static Stragglers stragglers(JsonNode processes) {
        List<String> names = new ArrayList<>();
        for (JsonNode process : processes) {
            names.add(process.path("name").asText() + " (pid "
                    + process.path("pid").asText() + ")");
        }
        return new Stragglers(names);
    }

    private static Optional<String> text(JsonNode json, String member) {
        return Optional.ofNullable(json.path(member).textValue());
    }
}
