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
import java.util.OptionalLong;
import java.util.function.Function;

/** A parser that converts the messages of a response to typed values. The protocol page documents their members. */
final class ResultParser {
    private ResultParser() {}

    /** Parses the end of a step. That of a step that could not start is not used: the last frame has its error too. */
    static StepEnd step(JsonNode json) {
        return new StepEnd(
                json.path("name").asText(),
                json.path("skipped").asBoolean(),
                json.path("exitCode").asInt(),
                json.path("timedOut").asBoolean(),
                Duration.ofMillis(json.path("durationMillis").asLong()),
                Optional.ofNullable(json.get("handler")).map(ResultParser::handler));
    }

    private static HandlerResult handler(JsonNode json) {
        JsonNode growth = json.path("growth");
        JsonNode heap = growth.path("heapBytes");
        return new HandlerResult(
                json.path("pid").asLong(),
                duration(json, "initMillis"),
                duration(json, "restoreMillis"),
                elements(json.path("durationsMillis"), ResultParser::duration),
                json.path("failed").asInt(),
                elements(json.path("errors"), ResultParser::error),
                json.path("maxMemoryBytes").asLong(),
                growth.isObject()
                        ? Optional.of(new HandlerResult.Growth(
                                growth.path("descriptors").asLong(),
                                growth.path("threads").asLong(),
                                growth.path("tmpBytes").asLong(),
                                heap.isNumber() ? OptionalLong.of(heap.asLong()) : OptionalLong.empty()))
                        : Optional.empty(),
                text(json, "heapReason"));
    }

    private static HandlerResult.Error error(JsonNode json) {
        return new HandlerResult.Error(
                json.path("invocation").asInt(),
                json.path("type").asText(),
                json.path("message").asText(),
                elements(json.path("stackTrace"), JsonNode::asText));
    }

    private static Optional<Duration> duration(JsonNode json, String member) {
        return Optional.ofNullable(json.get(member)).map(ResultParser::duration);
    }

    /** Converts milliseconds with decimals. */
    private static Duration duration(JsonNode millis) {
        return Duration.ofNanos(millis.decimalValue().movePointRight(6).longValue());
    }

    private static <T> List<T> elements(JsonNode list, Function<JsonNode, T> parser) {
        List<T> elements = new ArrayList<>();
        list.forEach(element -> elements.add(parser.apply(element)));
        return elements;
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
