package io.github.lambdashell.console.command;

import io.github.lambdashell.check.event.Event;
import io.github.lambdashell.check.event.SampleEvents;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.HandlerEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the arguments of {@code :invoke}, and remembers its last event. */
public final class EventArguments {
    /** The command in a script. */
    private static final Pattern LINE = Pattern.compile("\\s*:invoke(?:\\s+(.*?))?\\s*");

    private static final Pattern COUNT = Pattern.compile("-n\\s*(\\S+)(?:\\s+(.*))?", Pattern.DOTALL);
    private static final Pattern JSON = Pattern.compile("[{\\[].*", Pattern.DOTALL);
    private static final String SAMPLE = "sample";

    private static final Pattern BEFORE_A_SAMPLE = Pattern.compile("\\s*:inv\\w*\\s.*\\bsample\\s+\\S*");

    private String last = "";

    /** Returns the names that can complete a line of the prompt; empty unless it is about to name a sample. */
    static List<String> completions(String line) {
        return BEFORE_A_SAMPLE.matcher(line).matches() ? SampleEvents.names() : List.of();
    }

    /** Returns the arguments of a line of a script that is {@code :invoke}; empty for other lines. */
    public static Optional<String> ofLine(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches() ? Optional.of(parts.group(1) == null ? "" : parts.group(1)) : Optional.empty();
    }

    /**
     * Returns the event.
     *
     * @param text an event and how often to pass it, which defaults to once; without an event, the last one
     * @throws ShellException if it is not an event, or there was none before
     */
    public HandlerEvent read(String text) {
        Matcher count = COUNT.matcher(text);
        boolean hasCount = count.matches();
        int invocations = hasCount ? number(count.group(1)) : 1;
        String event = hasCount ? (count.group(2) == null ? "" : count.group(2)) : text;
        if (event.isEmpty() && last.isEmpty()) {
            throw wrong("An event is missing");
        }
        String chosen = event.isEmpty() ? last : event;
        byte[] payload;
        try {
            payload = event(chosen).bytes();
        } catch (IllegalArgumentException e) {
            throw wrong("The event " + e.getMessage());
        }
        last = chosen;
        return new HandlerEvent(payload, Optional.empty(), Optional.empty(), Optional.empty(), invocations, 0);
    }

    /** Returns the failure of {@code :invoke} in a session without a handler. */
    public static ShellException noHandler() {
        return new ShellException(
                "There is no handler to pass the event to",
                "Configure <handler> (-Dlshell.handler=com.example.App::handleRequest), or set it at the prompt with"
                        + " :handler com.example.App::handleRequest");
    }

    private static int number(String text) {
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw wrong("The number after -n must be from 1 to 999999, but is '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    /** @throws IllegalArgumentException if it is no event; its message follows "The event" */
    private static Event event(String text) {
        if (JSON.matcher(text).matches()) {
            return Event.inline(text);
        }
        List<String> words = ColonCommand.split(text, InvokeCommand.NAME);
        if (words.size() == 2 && words.get(0).equals(SAMPLE)) {
            return Event.sample(words.get(1), Map.of());
        }
        Path file = ColonCommand.localPath(words.size() == 1 ? words.get(0) : text);
        return Files.exists(file) || !isJson(text) ? Event.file(file) : Event.inline(text);
    }

    /** Returns whether a text is a JSON value that does not look like one, such as a number. */
    private static boolean isJson(String text) {
        return text.matches("\".*\"|-?\\d.*|true|false|null");
    }

    private static ShellException wrong(String problem) {
        return new ShellException(problem, "Use :invoke FILE, :invoke JSON or :invoke sample NAME");
    }
}
