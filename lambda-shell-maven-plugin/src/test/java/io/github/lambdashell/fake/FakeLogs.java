package io.github.lambdashell.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.fault.HttpCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** CloudWatch Logs with FilterLogEvents, which returns a page of two events at a time, and an empty one before the last. */
public final class FakeLogs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 2;

    private final Map<String, List<Event>> groups = new ConcurrentHashMap<>();

    private record Event(String id, String stream, long time, String message) {}

    /** Creates an empty log group. */
    public void create(String group) {
        groups.put(group, new CopyOnWriteArrayList<>());
    }

    /** Deletes a log group. */
    public void delete(String group) {
        groups.remove(group);
    }

    /** Adds an event to a log group. */
    public void add(String group, String stream, long time, String message) {
        List<Event> events = groups.get(group);
        events.add(new Event("event-" + events.size(), stream, time, message));
    }

    HttpAnswer answer(HttpCall call) {
        try {
            JsonNode request = JSON.readTree(call.body());
            List<Event> group = groups.get(request.path("logGroupName").asText());
            return group == null
                    ? HttpAnswer.of(
                            400,
                            "application/x-amz-json-1.1",
                            "{\"__type\":\"ResourceNotFoundException\","
                                    + "\"message\":\"The specified log group does not exist.\"}")
                    : HttpAnswer.of(200, "application/x-amz-json-1.1", page(request, group));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String page(JsonNode request, List<Event> group) throws IOException {
        List<Event> found = group.stream()
                .filter(event -> event.time >= request.path("startTime").asLong())
                .sorted(Comparator.comparingLong(Event::time))
                .toList();
        int from = request.path("nextToken").asInt();
        ObjectNode response = JSON.createObjectNode();
        ArrayNode events = response.putArray("events");
        int to = Math.min(Math.max(from, 0) + PAGE, found.size());
        if (from < 0) {
            // The page after an empty one.
            from = -from;
            to = Math.min(from + PAGE, found.size());
        } else if (from > 0 && to == found.size()) {
            return response.put("nextToken", String.valueOf(-from)).toString();
        }
        for (Event event : found.subList(from, to)) {
            events.addObject()
                    .put("eventId", event.id)
                    .put("logStreamName", event.stream)
                    .put("timestamp", event.time)
                    .put("ingestionTime", event.time)
                    .put("message", event.message);
        }
        if (to < found.size()) {
            response.put("nextToken", String.valueOf(to));
        }
        return response.toString();
    }
}
