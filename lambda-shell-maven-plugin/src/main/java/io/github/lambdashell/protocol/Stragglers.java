package io.github.lambdashell.protocol;

import java.util.List;

/**
 * Processes that still held a command's output when its shell had ended.
 *
 * @param processes each as "sleep (pid 4711)", not null
 */
public record Stragglers(List<String> processes) {
    public static final Stragglers NONE = new Stragglers(List.of());

    private static final int MAX_SHOWN = 10;

    public Stragglers {
        processes = List.copyOf(processes);
    }

    public boolean isEmpty() {
        return processes.isEmpty();
    }

    /** Returns the first processes and the number of the others, on one line. */
    public String shown() {
        String first = String.join(", ", processes.subList(0, Math.min(MAX_SHOWN, processes.size())));
        return processes.size() <= MAX_SHOWN ? first : first + ", and " + (processes.size() - MAX_SHOWN) + " more";
    }
}
