package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.config.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The unit of a quantity. */
public enum Unit {
    /** A plain number. */
    NUMBER,
    /** Bytes; users may write KB, MB and GB, of 1024 each as Lambda counts them. */
    BYTES,
    /** Megabytes of memory. */
    MEGABYTES,
    /** Milliseconds; users write durations. */
    MILLISECONDS;

    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?) ?([KMG]?B)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> BYTES_IN = Map.of("B", 1L, "KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30);

    /**
     * Parses a user's text.
     *
     * @throws IllegalArgumentException whose message follows the element's name
     */
    public BigDecimal parse(String text) {
        return switch (this) {
            case NUMBER -> number(text);
            case BYTES -> bytes(text, "B");
            case MEGABYTES -> bytes(text, "MB").divide(BigDecimal.valueOf(1L << 20));
            case MILLISECONDS -> BigDecimal.valueOf(DurationText.parse(text).toMillis());
        };
    }

    private static BigDecimal number(String text) {
        if (text.length() > 30 || !text.matches("[+-]?\\d+(\\.\\d+)?")) {
            throw new IllegalArgumentException("is not a number: " + Text.apostrophes(text));
        }
        return new BigDecimal(text);
    }

    private static BigDecimal bytes(String text, String unit) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "is not a size: " + Text.apostrophes(text) + "; use a form such as 1024, 10KB or 3MB");
        }
        String written = matcher.group(2) == null ? unit : matcher.group(2).toUpperCase(Locale.ROOT);
        return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(BYTES_IN.get(written)));
    }

    /** Formats a value for a person. */
    public String format(BigDecimal value) {
        return switch (this) {
            case NUMBER -> value.toPlainString();
            case BYTES -> value.toPlainString() + (value.equals(BigDecimal.ONE) ? " byte" : " bytes");
            case MEGABYTES -> value.toPlainString() + " MB";
            case MILLISECONDS -> DurationText.format(Duration.ofMillis(value.longValue()));
        };
    }
}
