package io.github.lambdashell.console.command;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lambdashell.check.Percentile;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.FrameListener;
import io.github.lambdashell.protocol.HandlerResult;
import io.github.lambdashell.protocol.HandlerResult.Growth;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.protocol.Secrets;
import io.github.lambdashell.protocol.StepEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Passes on the log and the response of a handler while they arrive, and describes its result. */
public final class EventOutput implements FrameListener {
    /** A longer response is passed on as it is. */
    private static final int MAX_FORMATTED = 1 << 20;

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withRootSeparator("\n")
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private final FrameListener listener;
    private final String ownPackage;
    private final ByteArrayOutputStream response = new ByteArrayOutputStream();
    private boolean formats;
    private Optional<HandlerResult> result = Optional.empty();

    /** Kinds of lines that describe an error. */
    enum Kind {
        ERROR,
        FRAME,
        OMITTED
    }

    /** A line that describes an error. */
    record Line(String text, Kind kind) {}

    /**
     * @param listener receives the log and the response
     * @param formats whether a response that is JSON is indented, for a person
     */
    public EventOutput(FrameListener listener, boolean formats, ProjectHandler handler) {
        this.listener = listener;
        this.formats = formats;
        String[] names = handler.name().split("[.:]");
        this.ownPackage = names[0] + "." + (names.length > 2 ? names[1] : "");
    }

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
        if (length > 0 && response.size() == 0) {
            formats &= bytes[offset] == '{' || bytes[offset] == '[';
        }
        if (formats) {
            response.write(bytes, offset, length);
            if (response.size() > MAX_FORMATTED) {
                formats = false;
                passOn(response.toByteArray());
            }
        } else {
            listener.stdout(bytes, offset, length);
        }
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
        listener.stderr(bytes, offset, length);
    }

    @Override
    public void step(StepEnd end) {
        if (formats) {
            passOn(formatted(response.toByteArray()));
        }
        result = end.handler();
    }

    private void passOn(byte[] bytes) {
        listener.stdout(bytes, 0, bytes.length);
    }

    /** Indents JSON values; returns other bytes as they are. Numbers keep their digits. */
    private static byte[] formatted(byte[] json) {
        ByteArrayOutputStream indented = new ByteArrayOutputStream();
        try (JsonParser parser = MAPPER.createParser(json);
                JsonGenerator generator = MAPPER.writer(PRINTER).createGenerator(indented)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    generator.writeNumber(parser.getText());
                } else {
                    generator.copyCurrentEvent(parser);
                }
            }
        } catch (JsonProcessingException e) {
            return json;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return indented.toByteArray();
    }

    /**
     * Returns the result.
     *
     * @throws ShellException if the response had none
     */
    public HandlerResult result(Secrets secrets) {
        return result.orElseThrow(() -> new ShellException(
                        "The event was not passed to the handler", "Set a longer timeout (lshell.timeout)"))
                .withTexts(secrets::mask);
    }

    /**
     * Returns lines that describe the first error, and how many invocations failed. Of its stack trace they have the first
     * frame and those of the project, as the log has all.
     */
    List<Line> errors(HandlerResult handled, int invocations) {
        List<Line> lines = new ArrayList<>();
        if (handled.errors().isEmpty()) {
            return lines;
        }
        HandlerResult.Error first = handled.errors().get(0);
        lines.add(new Line(summary(first, invocations), Kind.ERROR));
        int omitted = 0;
        for (int i = 0; i < first.stackTrace().size(); i++) {
            String place = first.stackTrace().get(i).strip();
            if (i == 0 || place.startsWith(ownPackage)) {
                lines.add(new Line("    at " + place, Kind.FRAME));
            } else {
                omitted++;
            }
        }
        if (omitted > 0) {
            lines.add(new Line("    ... " + omitted + " more in the log", Kind.OMITTED));
        }
        if (handled.failed() > 1) {
            lines.add(new Line(handled.failed() + " of " + invocations + " invocations failed", Kind.ERROR));
        }
        return lines;
    }

    /** Returns lines that describe the first error; the same as {@link #errors} without its kinds. */
    public List<String> errorLines(HandlerResult handled, int invocations) {
        return errors(handled, invocations).stream().map(Line::text).toList();
    }

    /** Returns the first words about an error. */
    public static String summary(HandlerResult.Error error, int invocations) {
        if (error.invocation() == 0) {
            return "The handler did not start: " + error.text();
        }
        return (invocations > 1 ? "Invocation " + error.invocation() + ": " : "") + error.text();
    }

    /** Returns lines with durations, memory, and what has grown. */
    public static List<String> figures(HandlerResult handled, int invocations) {
        List<String> figures = new ArrayList<>();
        List<Duration> durations = handled.durations();
        if (invocations > 1 && !durations.isEmpty()) {
            figures.add(String.format(
                    Locale.ROOT,
                    "%d invocations: p50 %s, p95 %s, max %s",
                    durations.size(),
                    percentile(durations, 50),
                    percentile(durations, 95),
                    percentile(durations, 100)));
        } else {
            durations.forEach(duration -> figures.add(millis(duration)));
        }
        handled.init().ifPresent(init -> figures.add("init " + millis(init)));
        handled.restore().ifPresent(restore -> figures.add("restore " + millis(restore)));
        if (handled.maxMemoryBytes() > 0) {
            figures.add((handled.maxMemoryBytes() >> 20) + " MB used");
        }
        List<String> lines = new ArrayList<>();
        if (!figures.isEmpty()) {
            lines.add(String.join(", ", figures));
        }
        handled.growth().ifPresent(growth -> lines.add(growth(growth, handled.heapReason())));
        return lines;
    }

    private static String percentile(List<Duration> durations, int percent) {
        return millis(Percentile.of(durations, percent).orElseThrow());
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    private static String growth(Growth growth, Optional<String> heapReason) {
        String heap = growth.heapBytes().isPresent()
                ? kilobytes(growth.heapBytes().getAsLong())
                : heapReason.map(reason -> "unknown (" + reason + ")").orElse("unknown");
        return String.format(
                Locale.ROOT,
                "growth: descriptors %+d, threads %+d, /tmp %s, heap %s",
                growth.descriptors(),
                growth.threads(),
                kilobytes(growth.tmpBytes()),
                heap);
    }

    private static String kilobytes(long bytes) {
        return String.format(Locale.ROOT, "%+d KB", Math.round(bytes / 1024.0));
    }
}
