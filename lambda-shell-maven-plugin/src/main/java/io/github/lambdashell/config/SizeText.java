package io.github.lambdashell.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of sizes: {@code 10KB}, {@code 512 MB}, {@code 1.5GB}, of 1024 each as Lambda counts them, or a plain
 * number.
 */
public final class SizeText {
    /** The form as a regular expression that JSON Schema has too. */
    public static final String PATTERN = "\\d{1,15}(\\.\\d{1,6})? *([KMGkmg]?[Bb])?";

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?) *([KMG]?B)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> BYTES = Map.of("B", 1L, "KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30);
    /** A number and a unit as people write it elsewhere. */
    private static final Pattern NEAR_FORM = Pattern.compile(
            "(\\d{1,15}(?:[.,]\\d{1,6})?) *-?([KMG]?)(?:i?B?|(?:ilo|ega|iga)?(?:bytes?)?)", Pattern.CASE_INSENSITIVE);

    private SizeText() {}

    /**
     * Parses a size.
     *
     * @param defaultUnit the unit of a plain number: {@code B}, {@code KB}, {@code MB} or {@code GB}
     * @return the number of bytes
     * @throws IllegalArgumentException if the text is not a size; the message shows the form, and a similar size
     */
    public static BigDecimal parse(String text, String defaultUnit) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "not a size: '" + text + "'; use a form such as 1024, 10KB or 3MB" + suggestion(text));
        }
        String unit = matcher.group(2) == null ? defaultUnit : matcher.group(2).toUpperCase(Locale.ROOT);
        return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(BYTES.get(unit)));
    }

    /**
     * Parses a size in full megabytes; a plain number is in megabytes.
     *
     * @throws IllegalArgumentException if the text is no such size; the message shows the form, and a similar size
     */
    public static int megabytes(String text) {
        try {
            return parse(text, "MB").divide(BigDecimal.valueOf(BYTES.get("MB"))).intValueExact();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "not a size in full megabytes: '" + text + "'; use a form such as 512, 512MB or 1GB"
                            + suggestion(text),
                    e);
        }
    }

    /** Returns the end of a message about a text of another form, such as {@code 512MiB} or {@code 1 gigabyte}. */
    private static String suggestion(String text) {
        Matcher near = NEAR_FORM.matcher(text.strip());
        if (FORM.matcher(text.strip()).matches() || !near.matches()) {
            return "";
        }
        return "; did you mean '" + near.group(1).replace(',', '.')
                + near.group(2).toUpperCase(Locale.ROOT) + "B'?";
    }
}
