package io.github.lambdashell.check.expect;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.config.DurationText;
import io.github.lambdashell.config.SizeText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/** The unit of a quantity. */
public enum Unit {
    /** A plain number. */
    NUMBER,
    /** Bytes; users may write KB, MB and GB, of 1024 each as Lambda counts them. */
    BYTES,
    /** Megabytes of memory. */
    MEGABYTES,
    /** Milliseconds; users write durations, of which a plain number is in milliseconds as in Lambda's REPORT line. */
    MILLISECONDS,
    /** Days; users write durations, of which a plain number is in days. */
    DAYS;

    private static final BigDecimal MILLIS_OF_DAY = BigDecimal.valueOf(86_400_000);

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
            case MILLISECONDS ->
                BigDecimal.valueOf(duration(text, "ms", DurationText.SHORT).toNanos(), 6)
                        .stripTrailingZeros();
            case DAYS ->
                BigDecimal.valueOf(duration(text, "d", DurationText.LONG).toMillis())
                        .divide(MILLIS_OF_DAY, 6, RoundingMode.HALF_UP)
                        .stripTrailingZeros();
        };
    }

    private static Duration duration(String text, String unit, String examples) {
        try {
            return DurationText.parse(text, unit, examples);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is " + e.getMessage(), e);
        }
    }

    private static BigDecimal number(String text) {
        if (text.length() > 30 || !text.matches("[+-]?\\d+(\\.\\d+)?")) {
            throw new IllegalArgumentException("is not a number: " + Text.apostrophes(text));
        }
        return new BigDecimal(text);
    }

    private static BigDecimal bytes(String text, String unit) {
        try {
            return SizeText.parse(text, unit);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is " + e.getMessage(), e);
        }
    }

    /** Formats a value for a person. */
    public String format(BigDecimal value) {
        return switch (this) {
            case NUMBER -> value.toPlainString();
            case BYTES -> value.toPlainString() + (value.equals(BigDecimal.ONE) ? " byte" : " bytes");
            case MEGABYTES -> plain(value.round(new MathContext(6))) + " MB";
            case MILLISECONDS -> milliseconds(value);
            case DAYS -> plain(value.setScale(2, RoundingMode.HALF_UP)) + " d";
        };
    }

    /** Formats fractions of a millisecond too, because an expected value can have them. */
    private static String milliseconds(BigDecimal value) {
        if (value.stripTrailingZeros().scale() <= 0) {
            return DurationText.format(Duration.ofMillis(value.longValue()));
        }
        return value.compareTo(BigDecimal.valueOf(1000)) < 0
                ? plain(value.setScale(3, RoundingMode.HALF_UP)) + " ms"
                : plain(value.movePointLeft(3).setScale(6, RoundingMode.HALF_UP)) + " s";
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
