package io.github.lambdashell.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quoting of text for scripts, valid for every POSIX shell. */
public final class ShellQuoting {
    private static final Pattern HOME_OR_VARIABLE = Pattern.compile("(?:~|\\$(\\w+)|\\$\\{(\\w+)})(?=/|$)");

    private ShellQuoting() {}

    /** Quotes a text, so that the shell expands nothing in it. */
    public static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Quotes a path, but leaves a tilde or a variable at its beginning to the shell. */
    public static String quotePath(String path) {
        Matcher front = HOME_OR_VARIABLE.matcher(path);
        if (!front.lookingAt()) {
            return quote(path);
        }
        String variable = front.group(1) != null ? front.group(1) : front.group(2) != null ? front.group(2) : "HOME";
        return "\"$" + variable + "\"" + quote(path.substring(front.end()));
    }
}
