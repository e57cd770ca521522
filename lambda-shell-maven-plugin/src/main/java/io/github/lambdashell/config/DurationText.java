package io.github.lambdashell.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of durations: {@code 500ms}, {@code 1.5s}, {@code 2 m}, {@code 1h}, {@code 1d}, or a plain number. */
public final class DurationText {
    /** The form as a regular expression that JSON Schema has too. */
    public static final String PATTERN = "\\d{1,9}(\\.\\d{1,9})? *(ms|s|m|h|d)?";

    /** Examples of short durations. */
    public static final String SHORT = "500ms, 3s or 2m";
    /** Examples of long durations. */
    public static final String LONG = "30m, 8h or 7d";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) *(ms|s|m|h|d)?");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    /** A number and a unit as people write it elsewhere. */
    private static final Pattern NEAR_FORM = Pattern.compile(
            "(\\d{1,9}(?:[.,]\\d{1,9})?) *-?(?:(m(?:illi)?s(?:ec(?:ond)?s?)?|millis)|(s(?:ec(?:ond)?s?)?)"
                    + "|(m(?:in(?:ute)?s?)?)|(h(?:(?:ou)?rs?)?)|(d(?:ays?)?))?",
            Pattern.CASE_INSENSITIVE);

    private static final String[] NEAR_UNITS = {"ms", "s", "m", "h", "d"};

    private DurationText() {}

    /**
     * Parses a duration, to the nanosecond; a plain number is in seconds.
     *
     * @throws IllegalArgumentException if the text is not a duration; the message shows the form
     */
    public static Duration parse(String text) {
        return parse(text, "s", SHORT);
    }

    /**
     * Parses a duration, to the nanosecond.
     *
     * @param defaultUnit the unit of a plain number: {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}
     * @param examples forms for the message
     * @throws IllegalArgumentException if the text is not a duration; the message shows the form, and a similar duration
     */
    public static Duration parse(String text, String defaultUnit, String examples) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a duration: '" + text + "'; use a form such as " + examples
                    + near(text.strip())
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse(""));
        }
        String unit = matcher.group(2) == null ? defaultUnit : matcher.group(2);
        BigDecimal millis = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(MILLIS.get(unit)));
        BigDecimal nanos = millis.remainder(BigDecimal.ONE).movePointRight(6);
        return Duration.ofMillis(millis.longValue()).plusNanos(nanos.longValue());
    }

    /** Returns the duration that a text of another form means, such as {@code 90sec}, {@code 1m30s} or {@code PT90S}. */
    private static Optional<String> near(String text) {
        Matcher matcher = NEAR_FORM.matcher(text);
        if (matcher.matches()) {
            for (int i = 0; i < NEAR_UNITS.length; i++) {
                if (matcher.group(i + 2) != null) {
                    return Optional.of(matcher.group(1).replace(',', '.') + NEAR_UNITS[i]);
                }
            }
        }
        try {
            String iso = text.toUpperCase(Locale.ROOT).replace(" ", "");
            Duration duration = Duration.parse(iso.startsWith("P") ? iso : "PT" + iso);
            return duration.isNegative() || duration.isZero()
                    ? Optional.empty()
                    : Optional.of(plain(duration.toMillis(), 1_000) + "s");
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
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
