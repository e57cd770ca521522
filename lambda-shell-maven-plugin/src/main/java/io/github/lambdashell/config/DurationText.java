package io.github.lambdashell.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of durations: {@code 500ms}, {@code 1.5s}, {@code 2m}, {@code 1h}, {@code 1d}. */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?(ms|s|m|h|d)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    /** Examples of short durations. */
    public static final String SHORT = "500ms, 3s or 2m";
    /** Examples of long durations. */
    public static final String LONG = "30m, 8h or 7d";

    private DurationText() {}

    /**
     * Parses a duration, to the nanosecond.
     *
     * @throws IllegalArgumentException if the text is not a duration; the message shows the form
     */
    public static Duration parse(String text) {
        return parse(text, SHORT);
    }

    /**
     * Parses a duration, to the nanosecond.
     *
     * @param examples forms for the message
     * @throws IllegalArgumentException if the text is not a duration; the message shows the form
     */
    public static Duration parse(String text, String examples) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a duration: '" + text + "'; use a form such as " + examples);
        }
        BigDecimal millis = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(MILLIS.get(matcher.group(2))));
        BigDecimal nanos = millis.remainder(BigDecimal.ONE).movePointRight(6);
        return Duration.ofMillis(millis.longValue()).plusNanos(nanos.longValue());
    }

    /** Formats a duration in a suitable unit, with up to three decimal places. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return plain(millis, 1_000) + " s";
        }
        long minutes = millis / 60_000;
        return minutes + " min" + (millis % 60_000 == 0 ? "" : " " + plain(millis % 60_000, 1_000) + " s");
    }

    private static String plain(long value, long unit) {
        return BigDecimal.valueOf(value)
                .divide(BigDecimal.valueOf(unit))
                .stripTrailingZeros()
                .toPlainString();
    }
}
