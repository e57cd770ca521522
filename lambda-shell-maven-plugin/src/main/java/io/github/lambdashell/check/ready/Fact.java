package io.github.lambdashell.check.ready;

import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.Violation;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Unit;
import java.util.List;
import java.util.Optional;

/**
 * A fact that a ready-made check prints, in a line {@code subject is value} with line breaks as {@code \n}, and the value
 * that is expected.
 *
 * @param subject not null
 * @param comparison the expected value, not null
 * @param unit the unit of a quantity, empty for a text; not null
 */
record Fact(String subject, Comparison comparison, Optional<Unit> unit) {
    static Fact text(String subject, Comparison comparison) {
        return new Fact(subject, comparison, Optional.empty());
    }

    static Fact quantity(String subject, Comparison comparison, Unit unit) {
        return new Fact(subject, comparison, Optional.of(unit));
    }

    /** Returns whether a line of the output is about this fact. */
    boolean isIn(String line) {
        return line.startsWith(subject + " ");
    }

    /** Returns what is wrong with the fact in its line. */
    List<Violation> violations(String line) {
        String is = subject + " is ";
        if (!line.startsWith(is)) {
            return List.of(Violation.of(Text.line(line) + ", but expected " + comparison.expected()));
        }
        String value = line.substring(is.length());
        return unit.map(of -> comparison.ofQuantity(subject, of.parse(value), of))
                .orElseGet(() -> comparison.ofText(subject, unescaped(value)));
    }

    private static String unescaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                char escaped = value.charAt(++i);
                c = escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped;
            }
            text.append(c);
        }
        return text.toString();
    }
}
