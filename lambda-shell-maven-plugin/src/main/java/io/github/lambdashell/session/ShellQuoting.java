package io.github.lambdashell.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes text into a script so that every shell reads it back as it was. */
public final class ShellQuoting {
    private static final Pattern HOME_OR_VARIABLE = Pattern.compile("(?:~|\\$(\\w+)|\\$\\{(\\w+)})(?=/|$)");

    private ShellQuoting() {}

    /** Text that means itself. */
    public static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** A path as a person writes it: a tilde or a variable at its front is the shell's to replace. */
    public static String quotePath(String path) {
        Matcher front = HOME_OR_VARIABLE.matcher(path);
        if (!front.lookingAt()) {
            return quote(path);
        }
        String variable = front.group(1) != null ? front.group(1) : front.group(2) != null ? front.group(2) : "HOME";
        return "\"$" + variable + "\"" + quote(path.substring(front.end()));
    }
}
