package io.github.lambdashell.check;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Patterns in which {@code *} matches any text and {@code ?} any character. */
public final class Wildcards {
    private Wildcards() {}

    /** Returns the regular expression of a pattern. */
    public static Pattern compile(String wildcards) {
        String expression = wildcards
                .codePoints()
                .mapToObj(Character::toString)
                .map(c -> c.equals("*") ? ".*" : c.equals("?") ? "." : Pattern.quote(c))
                .collect(Collectors.joining());
        return Pattern.compile(expression, Pattern.DOTALL);
    }
}
