package io.github.lambdashell.check.golden;

import io.github.lambdashell.check.expect.LineRegex;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Patterns for output that changes from run to run: a golden file has {@code [name]} in place of a match.
 *
 * @param patterns by name, applied in this order, not null
 */
public record Redactions(Map<String, Pattern> patterns) {
    /** No redactions. */
    public static final Redactions NONE = new Redactions(Map.of());

    public Redactions {
        patterns = Collections.unmodifiableMap(new LinkedHashMap<>(patterns));
    }

    /** Returns the line with each match replaced by the name in brackets. */
    CharSequence apply(CharSequence line) {
        CharSequence redacted = line;
        for (Map.Entry<String, Pattern> redaction : patterns.entrySet()) {
            redacted = LineRegex.replaceAll(redaction.getValue(), redacted, "[" + redaction.getKey() + "]");
        }
        return redacted;
    }
}
