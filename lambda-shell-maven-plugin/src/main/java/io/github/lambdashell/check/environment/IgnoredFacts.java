package io.github.lambdashell.check.environment;

import io.github.lambdashell.check.Text;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Facts that may change: {@code packages}, or those of {@code packages:tzdata*}.
 *
 * @param group their group, not null
 * @param names the pattern of their names, not null
 */
public record IgnoredFacts(Group group, Pattern names) {
    /** Matches the text form, without the names of the groups. */
    public static final String FORM = "^[a-z]+(:.+)?$";

    /**
     * Parses a group, or a group, a colon and a name in which {@code *} matches any text.
     *
     * @throws IllegalArgumentException whose message follows the element's name
     */
    public static IgnoredFacts parse(String text) {
        String[] parts = text.split(":", 2);
        Group group = Group.of(parts[0])
                .orElseThrow(() -> new IllegalArgumentException("must begin with one of "
                        + Arrays.stream(Group.values()).map(Group::word).collect(Collectors.joining(", "))
                        + ", such as packages or packages:tzdata*, but is " + Text.apostrophes(text)));
        String names = parts.length == 1 ? "*" : parts[1];
        String regex = Arrays.stream(names.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new IgnoredFacts(group, Pattern.compile(regex));
    }

    boolean matches(Group of, String name) {
        return group == of && names.matcher(name).matches();
    }
}
