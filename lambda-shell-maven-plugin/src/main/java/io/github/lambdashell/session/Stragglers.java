package io.github.lambdashell.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes that still held a command's output when its shell had ended.
 *
 * @param processes each as "sleep (pid 4711)", not null
 */
public record Stragglers(List<String> processes) {
    public static final Stragglers NONE = new Stragglers(List.of());

    /** There may be a thousand. */
    private static final int MOST_SHOWN = 10;

    public Stragglers {
        processes = List.copyOf(processes);
    }

    /** Those of an invocation's result. */
    public static Stragglers of(JsonNode result) {
        List<String> processes = new ArrayList<>();
        for (JsonNode straggler : result.path("stragglers")) {
            processes.add(straggler.path("name").asText() + " (pid "
                    + straggler.path("pid").asText() + ")");
        }
        return new Stragglers(processes);
    }

    public boolean isEmpty() {
        return processes.isEmpty();
    }

    /** For a person to read on a line: the first ones, and how many more there are. */
    public String shown() {
        String first = String.join(", ", processes.subList(0, Math.min(MOST_SHOWN, processes.size())));
        return processes.size() <= MOST_SHOWN ? first : first + ", and " + (processes.size() - MOST_SHOWN) + " more";
    }
}
