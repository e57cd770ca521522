package io.github.lambdashell.check.golden;

import io.github.lambdashell.check.expect.LineRegex;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What changes from run to run, by names that the user gives: a golden file holds {@code [name]} in its place.
 *
 * @param patterns by name, applied in this order, not null
 */
public record Redactions(Map<String, Pattern> patterns) {
    /** None. */
    public static final Redactions NONE = new Redactions(Map.of());

    public Redactions {
        patterns = Collections.unmodifiableMap(new LinkedHashMap<>(patterns));
    }

    /** The line with each match replaced by its name in brackets. */
    CharSequence apply(CharSequence line) {
        CharSequence redacted = line;
        for (Map.Entry<String, Pattern> redaction : patterns.entrySet()) {
            redacted = LineRegex.replaceAll(redaction.getValue(), redacted, "[" + redaction.getKey() + "]");
        }
        return redacted;
    }
}
